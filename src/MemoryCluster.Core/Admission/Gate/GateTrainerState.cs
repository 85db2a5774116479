namespace MemoryCluster.Admission.Gate;

/// <summary>All that a trainer carries from group to group, as an immutable snapshot.</summary>
public sealed record GateTrainerState
{
    /// <summary>The version of the policy that training began with.</summary>
    public required long PolicyVersion { get; init; }

    public required ImmutableArray<double> Weights { get; init; }

    /// <summary>Sums of squared gradients (AdaGrad), a weight each.</summary>
    public required ImmutableArray<double> Squares { get; init; }

    /// <summary>Weights averaged over the latest groups (Polyak and Juditsky 1992): these are published.</summary>
    public required ImmutableArray<double> Averages { get; init; }

    /// <summary>Groups learned from.</summary>
    public long Groups { get; init; }

    /// <summary>The latest labelled steps, oldest first.</summary>
    public ImmutableArray<GateSample> Samples { get; init; } = [];

    /// <summary>A trainer that begins with a policy.</summary>
    public static GateTrainerState Of(GatePolicy policy) =>
        new() { PolicyVersion = policy.Version, Weights = policy.Weights, Averages = policy.Weights, Squares = [.. new double[policy.Weights.Length]] };
}
