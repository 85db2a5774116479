namespace MemoryCluster;

/// <summary>That a recall was answered: kept by the asking team's first shard until its outcome arrives.</summary>
/// <param name="Recall">Which.</param>
/// <param name="Key">The key that asked; only it may report the outcome.</param>
/// <param name="Hits">What was answered, best first.</param>
[GenerateSerializer, Immutable, Alias("mc.RecallNote")]
public sealed record RecallNote(
    [property: Id(0)] RecallId Recall,
    [property: Id(1)] KeyId Key,
    [property: Id(2)] ImmutableArray<MemoryId> Hits)
{
    /// <summary>The stage of its work at which the agent asked.</summary>
    [Id(3)]
    public string? Stage { get; init; }
}
