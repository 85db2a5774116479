namespace MemoryCluster;

/// <summary>What one pass of consolidation did.</summary>
[GenerateSerializer, Immutable, Alias("mc.ConsolidationReport")]
public sealed record ConsolidationReport
{
    [Id(0)]
    public ImmutableArray<ConsolidationStep> Steps { get; init; } = [];

    /// <summary>Memories that it looked at, because they had changed.</summary>
    [Id(1)]
    public int Examined { get; init; }

    /// <summary>Changed memories that the next pass will look at.</summary>
    [Id(2)]
    public int Remaining { get; init; }

    /// <summary>Adds what another pass did, or another shard.</summary>
    public ConsolidationReport Plus(ConsolidationReport other) => new()
    {
        Steps = [.. Steps, .. other.Steps], Examined = Examined + other.Examined, Remaining = Remaining + other.Remaining,
    };
}
