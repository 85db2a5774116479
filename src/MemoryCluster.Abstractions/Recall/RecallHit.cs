namespace MemoryCluster;

/// <summary>A memory that answers a recall; its body travels with it.</summary>
/// <param name="Memory">The memory, without its earlier versions.</param>
/// <param name="Score">The score by which it stands where it stands, larger is better; comparable within one answer only.</param>
/// <param name="Scores">Each channel's share.</param>
[GenerateSerializer, Immutable, Alias("mc.RecallHit")]
public sealed record RecallHit(
    [property: Id(0)] MemoryRecord Memory,
    [property: Id(1)] double Score,
    [property: Id(2)] ChannelScores Scores)
{
    /// <summary>The reranker's score, before the memory's learned weight; null for what was not reranked.</summary>
    [Id(3)]
    public float? Reranker { get; init; }
}
