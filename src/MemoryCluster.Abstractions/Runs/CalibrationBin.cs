namespace MemoryCluster;

/// <summary>How often a step that the gate gave about this probability was taken again by a later run of the task, and right.</summary>
/// <param name="From">Probabilities from here…</param>
/// <param name="To">…to here, exclusive but for 1.</param>
/// <param name="Decisions">Decisions on steps of tasks that came back.</param>
/// <param name="Probability">Their mean probability.</param>
/// <param name="Useful">The share of them that was taken again with the same result and never with another.</param>
[GenerateSerializer, Immutable, Alias("mc.CalibrationBin")]
public readonly record struct CalibrationBin(
    [property: Id(0)] double From,
    [property: Id(1)] double To,
    [property: Id(2)] int Decisions,
    [property: Id(3)] double Probability,
    [property: Id(4)] double Useful);
