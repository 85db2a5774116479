using MemoryCluster.Sharding;

namespace MemoryCluster.Grains.Shards;

/// <summary>Where a draft belongs.</summary>
internal static class MemoryPlace
{
    /// <summary>
    /// The shard of a draft's scope, which is who it can be for: what says the same to the same readers lies in one shard, and is found to be
    /// a duplicate.
    /// </summary>
    public static ShardId Of(MemoryDraft draft, TenantId tenant, TeamRecord team) =>
        new(tenant, team.Id, PartitionChoice.Of($"{draft.Visibility}/{draft.User}", team.Partitions));
}
