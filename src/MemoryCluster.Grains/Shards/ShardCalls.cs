namespace MemoryCluster.Grains.Shards;

/// <summary>How other grains call a shard.</summary>
internal static class ShardCalls
{
    public static IShardGrain GetShard(this IGrainFactory grains, ShardId shard) => grains.GetGrain<IShardGrain>(GrainKey.Of(shard));

    /// <summary>Calls once more where the shard was between two owners: nothing was done then, and the next call meets the next owner.</summary>
    public static async Task<T> CallAsync<T>(this IShardGrain shard, Func<IShardGrain, Task<T>> call)
    {
        try
        {
            return await call(shard);
        }
        catch (MemoryClusterException e) when (e.Fault == MemoryFault.ShardUnavailable)
        {
            return await call(shard);
        }
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public static Task CallAsync(this IShardGrain shard, Func<IShardGrain, Task> call) =>
        shard.CallAsync(async owner =>
        {
            await call(owner);
            return true;
        });
}
