namespace MemoryCluster;

/// <summary>The part of a team's placements that one shard has: those from <paramref name="From"/> up to where the next range begins.</summary>
/// <param name="Partition">The shard's number, given once: a shard that was split leaves its number, and those it became get new ones.</param>
/// <param name="From">The first placement, a 32-bit hash; the team's first range begins at 0.</param>
[GenerateSerializer, Immutable, Alias("mc.PartitionRange")]
public readonly record struct PartitionRange([property: Id(0)] int Partition, [property: Id(1)] uint From);
