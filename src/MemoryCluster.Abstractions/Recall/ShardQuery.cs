namespace MemoryCluster;

/// <summary>A recall as one shard sees it.</summary>
/// <param name="Query">The question.</param>
/// <param name="Vectors">Its vectors, one a model; none where the embedder could not answer.</param>
/// <param name="DirectoryVersion">The access edges that must at least be known to the shard before it answers.</param>
/// <param name="CandidatesMin">Candidates wanted at least, where a reranker reads more than the page holds; 0 leaves it to the shard.</param>
[GenerateSerializer, Immutable, Alias("mc.ShardQuery")]
public sealed record ShardQuery(
    [property: Id(0)] RecallQuery Query,
    [property: Id(1)] ImmutableArray<Embedding> Vectors,
    [property: Id(2)] long DirectoryVersion,
    [property: Id(3)] int CandidatesMin = 0);
