using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.Shards;

namespace MemoryCluster.Simulations.Stores;

/// <summary>The bug: an append is answered at once and written a while later, by a silo that may not live to do it.</summary>
internal sealed class HastyShardStore(IShardStore store, SimulatedStoreFaults faults) : IShardStore
{
    private readonly Queue<IReadOnlyList<ShardMutation>> _unwritten = [];
    private long? _seq;
    private bool _isWriting;

    public long Epoch => store.Epoch;

    public long Seq => _seq ?? store.Seq;

    public IAsyncEnumerable<StoredRecord> ReadRecordsAsync(CancellationToken cancellationToken) => store.ReadRecordsAsync(cancellationToken);

    public IAsyncEnumerable<OperationEntry> ReadOperationsAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        store.ReadOperationsAsync(since, cancellationToken);

    public ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
    {
        _unwritten.Enqueue([.. mutations]);
        _seq = mutations[^1].Seq;
        if (!_isWriting)
        {
            _ = WriteAsync();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken) => store.IsCurrentAsync(cancellationToken);

    public ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task WriteAsync()
    {
        _isWriting = true;
        while (_unwritten.TryDequeue(out var mutations))
        {
            await faults.AfterAsync("late append");
            try
            {
                await store.AppendAsync(mutations, CancellationToken.None);
            }
            catch (MemoryClusterException)
            {
                // A later owner has the store. Nobody is told: that is the bug.
                _unwritten.Clear();
            }
        }

        _isWriting = false;
    }
}
