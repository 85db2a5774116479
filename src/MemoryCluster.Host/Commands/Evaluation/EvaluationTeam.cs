namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>What is searched on its own.</summary>
/// <param name="Name">Within its set.</param>
/// <param name="Passages">In the order in which they are written.</param>
/// <param name="Questions">Asked once all of them are.</param>
internal sealed record EvaluationTeam(string Name, IReadOnlyList<EvaluationPassage> Passages, IReadOnlyList<EvaluationQuestion> Questions);
