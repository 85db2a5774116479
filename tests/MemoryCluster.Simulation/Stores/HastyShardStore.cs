using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.Shards;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Simulations.Stores;

/// <summary>The bug: an append is answered at once and written a while later, by a silo that may not live to do it.</summary>
internal sealed class HastyShardStore(IShardStore store, SimulatedStoreFaults faults) : DelegatingStore(store)
{
    private readonly Queue<IReadOnlyList<ShardMutation>> _unwritten = [];
    private long? _seq;
    private bool _isWriting;

    public override long Seq => _seq ?? base.Seq;

    public override ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
    {
        _unwritten.Enqueue([.. mutations]);
        _seq = mutations[^1].Seq;
        if (!_isWriting)
        {
            _ = WriteAsync();
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken) => ValueTask.CompletedTask;

#pragma warning disable CA2215 // The late writes still need the store below: that it outlives its owner is part of the bug.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
#pragma warning restore CA2215

    private async Task WriteAsync()
    {
        _isWriting = true;
        while (_unwritten.TryDequeue(out var mutations))
        {
            await faults.AfterAsync("late append");
            try
            {
                await base.AppendAsync(mutations, CancellationToken.None);
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
