namespace MemoryCluster;

/// <summary>Which embedder, and how long its vectors are.</summary>
[GenerateSerializer, Immutable, Alias("mc.EmbedderModel")]
public sealed record EmbedderModel([property: Id(0)] string Id, [property: Id(1)] int Dimensions);
