namespace MemoryCluster;

/// <summary>How like a text a shard's memories are.</summary>
/// <param name="Best">Cosine to the nearest; 0 where there is none.</param>
/// <param name="Mean">Mean cosine to the nearest few; 0 where there are none.</param>
[GenerateSerializer, Immutable, Alias("mc.Nearness")]
public readonly record struct Nearness([property: Id(0)] double Best, [property: Id(1)] double Mean);
