namespace MemoryCluster.Admission.Gate;

/// <summary>What the gate has learned, as an immutable snapshot.</summary>
public sealed record GatePolicy
{
    /// <summary>Counts policies of a team, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>The version that it was learned from; 0 for the first.</summary>
    public long Parent { get; init; }

    /// <summary>One weight a feature, in the order of <see cref="GateFeature"/>.</summary>
    public required ImmutableArray<double> Weights { get; init; }

    /// <summary>Slope by which a score becomes log-odds (Platt). Default 1.</summary>
    public double CalibrationSlope { get; init; } = 1;

    /// <summary>Offset by which a score becomes log-odds (Platt). Default 0.</summary>
    public double CalibrationOffset { get; init; }

    /// <summary>Calibrated chance of use from which a step is admitted at once, 0 to 1. Default 0.25 (ADR 6).</summary>
    public double AdmitProbability { get; init; } = 0.25;

    /// <summary>Calibrated chance of use from which a step is kept as a candidate, at most <see cref="AdmitProbability"/>. Default 0.1.</summary>
    public double CandidateProbability { get; init; } = 0.1;

    /// <summary>Share of decisions that chance takes, so that what they would have missed is learned too: 0 to 1. Default 0.05.</summary>
    public double Exploration { get; init; } = 0.05;
}
