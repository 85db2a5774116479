using MemoryCluster.Sharding;

namespace MemoryCluster.Grains.Shards;

/// <summary>Where a draft belongs.</summary>
internal static class MemoryPlace
{
    /// <summary>The shard that has the draft's placement.</summary>
    public static ShardId Of(MemoryDraft draft, TenantId tenant, TeamRecord team) =>
        new(tenant, team.Id, team.Ranges is [var only] ? only.Partition : team.PartitionOf(PlacementHash.Of(draft)));
}
