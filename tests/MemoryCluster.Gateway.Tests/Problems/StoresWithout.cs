using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;

namespace MemoryCluster.Gateway.Tests.Problems;

/// <summary>Stores in memory, of which one tenant's cannot be reached.</summary>
internal sealed class StoresWithout(string tenant) : IShardStores
{
    private readonly InMemoryShardStores _others = new();

    public ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken) => id.Tenant.Value == tenant
        ? ValueTask.FromException<IShardStore>(new MemoryClusterException(MemoryFault.StoreUnavailable, "The disk is gone."))
        : _others.OpenAsync(id, cancellationToken);

    public ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken) => _others.DestroyAsync(id, cancellationToken);
}
