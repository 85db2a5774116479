using MemoryCluster.Shards;

namespace MemoryCluster.TestKit.Stores;

/// <summary>The bug: whoever once opened a store may write to it for ever, and passes for its owner.</summary>
public sealed class UnfencedShardStores(IShardStores durable) : IShardStores, IDisposable
{
    // The store below has one owner, who does one thing at a time; ours come from anywhere.
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<StoreId, IShardStore> _opened = [];
    private long _lastEpoch;

    /// <inheritdoc/>
    public async ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // One handle for all owners: to the store below there is ever only one.
            if (!_opened.TryGetValue(id, out var store))
            {
                _opened[id] = store = await durable.OpenAsync(id, cancellationToken);
            }

            return new Handle(store, _gate, ++_lastEpoch);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _opened.Remove(id);
            await durable.DestroyAsync(id, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private sealed class Handle(IShardStore shared, SemaphoreSlim gate, long epoch) : IShardStore
    {
        public long Epoch => epoch;

        public long Seq { get; private set; } = shared.Seq;

        public IAsyncEnumerable<StoredRecord> ReadRecordsAsync(CancellationToken cancellationToken) => shared.ReadRecordsAsync(cancellationToken);

        public IAsyncEnumerable<OperationEntry> ReadOperationsAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
            shared.ReadOperationsAsync(since, cancellationToken);

        public ValueTask<IReadOnlyList<RecordKey>> ReadErasedAsync(CancellationToken cancellationToken) => shared.ReadErasedAsync(cancellationToken);

        public ValueTask<IReadOnlyList<StoredRecord?>> ReadAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken) =>
            shared.ReadAsync(keys, cancellationToken);

        // The numbers are given anew, for they too would tell that somebody else wrote meanwhile.
        public async ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                var first = shared.Seq == 0 ? mutations[0].Seq : shared.Seq + 1;
                await shared.AppendAsync([.. mutations.Select((mutation, i) => mutation with { Seq = first + i })], cancellationToken);
                Seq = mutations[^1].Seq;
            }
            finally
            {
                gate.Release();
            }
        }

        public ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

        public ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
