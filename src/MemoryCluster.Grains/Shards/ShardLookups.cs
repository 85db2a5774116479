namespace MemoryCluster.Grains.Shards;

internal static class ShardLookups
{
    public static IShardGrain GetShard(this IGrainFactory grains, ShardId shard) => grains.GetGrain<IShardGrain>(GrainKey.Of(shard));
}
