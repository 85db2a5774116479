using System.Collections.Concurrent;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;

namespace MemoryCluster.TestKit.Clusters;

/// <summary>In-memory stores that a test can make silent, store by store.</summary>
public sealed class SwitchableStores : IShardStores
{
    private readonly InMemoryShardStores _inner = new();
    private readonly ConcurrentDictionary<StoreId, TaskCompletionSource> _silent = [];

    /// <summary>Makes every read and write of the store wait until the answer is disposed.</summary>
    public IDisposable Silence(StoreId id)
    {
        var until = _silent[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new Silenced(() =>
        {
            _silent.TryRemove(id, out _);
            until.SetResult();
        });
    }

    /// <inheritdoc/>
    public async ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken)
    {
        await AwakeAsync(id);
        return new SwitchableStore(this, id, await _inner.OpenAsync(id, cancellationToken));
    }

    private Task AwakeAsync(StoreId id) => _silent.TryGetValue(id, out var until) ? until.Task : Task.CompletedTask;

    private sealed class Silenced(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private sealed class SwitchableStore(SwitchableStores stores, StoreId id, IShardStore inner) : IShardStore
    {
        public long Epoch => inner.Epoch;

        public long Seq => inner.Seq;

        public IAsyncEnumerable<StoredRecord> ReadRecordsAsync(CancellationToken cancellationToken) => inner.ReadRecordsAsync(cancellationToken);

        public IAsyncEnumerable<OperationEntry> ReadOperationsAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
            inner.ReadOperationsAsync(since, cancellationToken);

        public async ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
        {
            await stores.AwakeAsync(id);
            await inner.AppendAsync(mutations, cancellationToken);
        }

        public async ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken)
        {
            await stores.AwakeAsync(id);
            return await inner.IsCurrentAsync(cancellationToken);
        }

        public ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken) =>
            inner.MaintainAsync(operationsSince, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
