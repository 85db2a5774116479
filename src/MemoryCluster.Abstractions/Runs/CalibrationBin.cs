namespace MemoryCluster;

/// <summary>How often what the gate gave about this probability was asked for again by another run, and right.</summary>
/// <param name="From">Probabilities from here…</param>
/// <param name="To">…to here, exclusive but for 1.</param>
/// <param name="Decisions">Decisions whose question another run put since.</param>
/// <param name="Probability">Their mean probability.</param>
/// <param name="Useful">The share of them that helped.</param>
[GenerateSerializer, Immutable, Alias("mc.CalibrationBin")]
public readonly record struct CalibrationBin(
    [property: Id(0)] double From,
    [property: Id(1)] double To,
    [property: Id(2)] int Decisions,
    [property: Id(3)] double Probability,
    [property: Id(4)] double Useful);
