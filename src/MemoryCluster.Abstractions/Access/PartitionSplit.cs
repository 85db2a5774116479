namespace MemoryCluster;

/// <summary>One attempt to split a shard in two. Every attempt has shards of its own, so what an earlier one left is in nobody's way.</summary>
/// <param name="Source">The shard that outgrew its size; it serves until the split is completed.</param>
/// <param name="Lower">The shard that takes over the lower half of its range.</param>
/// <param name="Upper">The shard that takes over the rest, from <paramref name="Middle"/> on.</param>
/// <param name="Middle">Where the upper half begins.</param>
/// <param name="Epoch">The epoch of the source's owner: a later owner begins anew, and an earlier one can complete nothing.</param>
[GenerateSerializer, Immutable, Alias("mc.PartitionSplit")]
public sealed record PartitionSplit(
    [property: Id(0)] int Source,
    [property: Id(1)] int Lower,
    [property: Id(2)] int Upper,
    [property: Id(3)] uint Middle,
    [property: Id(4)] long Epoch);
