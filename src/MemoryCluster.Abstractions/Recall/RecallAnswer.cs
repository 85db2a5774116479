namespace MemoryCluster;

/// <summary>The answer to a recall, and how much of the cluster it speaks for.</summary>
[GenerateSerializer, Immutable, Alias("mc.RecallAnswer")]
public sealed record RecallAnswer
{
    [Id(0)]
    public required RecallId Id { get; init; }

    [Id(1)]
    public ImmutableArray<RecallHit> Hits { get; init; } = [];

    [Id(2)]
    public int ShardsAsked { get; init; }

    [Id(3)]
    public int ShardsAnswered { get; init; }

    /// <summary>Whether a shard or a channel that should have been searched was not.</summary>
    [Id(4)]
    public bool Partial { get; init; }
}
