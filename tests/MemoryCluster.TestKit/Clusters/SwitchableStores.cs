using System.Collections.Concurrent;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;
using MemoryCluster.TestKit.Stores;

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

    /// <inheritdoc/>
    public async ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken)
    {
        await AwakeAsync(id);
        await _inner.DestroyAsync(id, cancellationToken);
    }

    private Task AwakeAsync(StoreId id) => _silent.TryGetValue(id, out var until) ? until.Task : Task.CompletedTask;

    private sealed class Silenced(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private sealed class SwitchableStore(SwitchableStores stores, StoreId id, IShardStore inner) : DelegatingStore(inner)
    {
        public override async ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
        {
            await stores.AwakeAsync(id);
            await base.AppendAsync(mutations, cancellationToken);
        }

        public override async ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken)
        {
            await stores.AwakeAsync(id);
            return await base.IsCurrentAsync(cancellationToken);
        }
    }
}
