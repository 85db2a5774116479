namespace MemoryCluster;

/// <summary>How a run ended.</summary>
[GenerateSerializer, Immutable, Alias("mc.RunOutcome")]
public sealed record RunOutcome
{
    /// <summary>0 to 1.</summary>
    [Id(0)]
    public required double Reward { get; init; }

    /// <summary>Whether the answer was right, where that is known.</summary>
    [Id(1)]
    public bool? Correct { get; init; }

    [Id(2)]
    public string? Answer { get; init; }

    [Id(3)]
    public long? Tokens { get; init; }

    [Id(4)]
    public double? LatencyMs { get; init; }

    /// <summary>Whether the run reached its goal: it was judged right, or else got at least half of the reward.</summary>
    public bool Succeeded => Correct ?? Reward >= 0.5;
}
