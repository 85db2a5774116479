namespace MemoryCluster;

/// <summary>A page of memories.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="HasMore">Whether older ones follow.</param>
[GenerateSerializer, Immutable, Alias("mc.MemoryPage")]
public sealed record MemoryPage([property: Id(0)] ImmutableArray<MemoryRecord> Items, [property: Id(1)] bool HasMore);
