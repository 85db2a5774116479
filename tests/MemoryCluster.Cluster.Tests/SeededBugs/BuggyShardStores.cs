using MemoryCluster.Shards;

namespace MemoryCluster.Cluster.Tests.SeededBugs;

/// <summary>Stores each of which is opened with a bug about it.</summary>
internal sealed class BuggyShardStores(IShardStores durable, Func<IShardStore, IShardStore> withBug) : IShardStores
{
    public async ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken) =>
        withBug(await durable.OpenAsync(id, cancellationToken));

    public ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken) => durable.DestroyAsync(id, cancellationToken);
}
