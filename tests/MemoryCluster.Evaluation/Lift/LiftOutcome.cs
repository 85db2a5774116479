namespace MemoryCluster.Evaluation.Lift;

/// <summary>What a stream came to: each measured run, and how the controller stood at its end.</summary>
internal sealed record LiftOutcome(IReadOnlyList<LiftReading> Readings, ControllerView View);
