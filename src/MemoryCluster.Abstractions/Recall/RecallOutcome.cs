namespace MemoryCluster;

/// <summary>How a recall turned out.</summary>
[GenerateSerializer, Immutable, Alias("mc.RecallOutcome")]
public sealed record RecallOutcome
{
    [Id(0)]
    public required RecallId Recall { get; init; }

    /// <summary>0 to 1.</summary>
    [Id(1)]
    public required double Reward { get; init; }

    /// <summary>The hits that were used; default all of them.</summary>
    [Id(2)]
    public ImmutableArray<MemoryId>? Used { get; init; }

    [Id(3)]
    public long? Tokens { get; init; }

    [Id(4)]
    public double? LatencyMs { get; init; }

    /// <summary>The stage of its work at which the agent used them; default the stage at which it asked.</summary>
    [Id(5)]
    public string? Stage { get; init; }

    /// <summary>The run that the recall served, where it was reported; what each memory added to it is then measured on its evidence.</summary>
    [Id(6)]
    public RunId? Run { get; init; }

    /// <summary>What is known of the memories used beyond the shard that remembers the recall; found by the team, not told by callers.</summary>
    [Id(7)]
    public ImmutableArray<CreditBasis>? Basis { get; init; }
}
