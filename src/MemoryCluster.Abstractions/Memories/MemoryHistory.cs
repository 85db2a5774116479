namespace MemoryCluster;

/// <summary>A memory's versions: the current one and those it replaced.</summary>
/// <param name="Current">The current version.</param>
/// <param name="Earlier">Earlier ones, oldest first.</param>
[GenerateSerializer, Immutable, Alias("mc.MemoryHistory")]
public sealed record MemoryHistory(
    [property: Id(0)] MemoryRecord Current,
    [property: Id(1)] ImmutableArray<MemoryRevision> Earlier);
