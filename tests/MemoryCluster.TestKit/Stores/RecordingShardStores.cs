using MemoryCluster.Shards;

namespace MemoryCluster.TestKit.Stores;

/// <summary>Stores that do as others do, and keep what some of them made durable, in its order: nothing is compacted away here.</summary>
public sealed class RecordingShardStores(IShardStores durable, Func<StoreId, bool> isKept) : IShardStores
{
    private readonly Dictionary<StoreId, List<ShardMutation>> _logs = [];

    /// <summary>What became durable so far.</summary>
    public IReadOnlyList<ShardMutation> LogOf(StoreId id) => _logs.GetValueOrDefault(id) ?? [];

    /// <inheritdoc/>
    public async ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken)
    {
        var store = await durable.OpenAsync(id, cancellationToken);
        if (!isKept(id))
        {
            return store;
        }

        if (!_logs.TryGetValue(id, out var log))
        {
            _logs.Add(id, log = []);
        }

        return new Recorded(store, log);
    }

    /// <inheritdoc/>
    public ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken) => durable.DestroyAsync(id, cancellationToken);

    private sealed class Recorded(IShardStore store, List<ShardMutation> log) : DelegatingStore(store)
    {
        public override async ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
        {
            ShardMutation[] written = [.. mutations];
            await base.AppendAsync(written, cancellationToken);
            log.AddRange(written);
        }
    }
}
