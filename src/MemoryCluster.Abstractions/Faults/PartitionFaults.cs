namespace MemoryCluster;

/// <summary>Faults of shards that are being split: nothing was done, and the team's directory tells whom to ask.</summary>
public static class PartitionFaults
{
    /// <summary>The shard is no more: two others have taken over.</summary>
    public const string Split = "shard_split";

    /// <summary>The shard that was asked is no part of its team, any more or yet.</summary>
    public static MemoryClusterException OfSplit(ShardId shard) => new(
        MemoryFault.ShardUnavailable, $"Shard {shard} is not one of its team's shards now: it was split. Nothing was done; ask again.", code: Split);

    /// <summary>Whether it says that a shard was split meanwhile.</summary>
    public static bool IsSplit(this MemoryClusterException fault) => fault.Code == Split;
}
