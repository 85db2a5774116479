using MemoryCluster.Shards;

namespace MemoryCluster.Storage.Memory;

/// <summary>
/// Stores that live as long as this object: the durable state that several openers share in tests and in the simulator. Every call
/// completes before it returns, and equal calls give equal answers in equal order.
/// </summary>
public sealed class InMemoryShardStores : IShardStores
{
    private readonly Dictionary<StoreId, InMemoryStoreState> _states = [];

    public ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_states)
        {
            if (!_states.TryGetValue(id, out var state))
                _states.Add(id, state = new InMemoryStoreState(id));
            return ValueTask.FromResult<IShardStore>(new InMemoryShardStore(state));
        }
    }

    public ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_states)
        {
            if (_states.Remove(id, out var state))
                state.Open();
        }

        return ValueTask.CompletedTask;
    }
}
