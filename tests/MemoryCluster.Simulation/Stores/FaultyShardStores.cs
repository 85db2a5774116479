using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.Shards;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Simulations.Stores;

/// <summary>The stores as one silo sees them: slow, failing before or after the effect, or in the middle of it, as the seed says.</summary>
internal sealed class FaultyShardStores(IShardStores durable, SimulatedStoreFaults faults, Random random, SeededBug bug) : IShardStores
{
    public async ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken)
    {
        // An opening that breaks off may have taken its epoch: failing after it, or half-way, is no different to its caller.
        var outcome = await faults.BeforeAsync("open", cancellationToken);
        if (outcome == StoreOutcome.FailBefore)
        {
            throw StoreFailure.NothingDone($"opening {id}");
        }

        var store = await durable.OpenAsync(id, cancellationToken);
        await faults.AfterAsync("open", cancellationToken);
        return outcome == StoreOutcome.Ok
            ? new FaultyShardStore(WithBug(store), faults, random)
            : throw StoreFailure.NothingDone($"opening {id}");
    }

    public async ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken)
    {
        var outcome = await faults.BeforeAsync("destroy", cancellationToken);
        if (outcome == StoreOutcome.FailBefore)
        {
            throw StoreFailure.NothingDone($"destroying {id}");
        }

        await durable.DestroyAsync(id, cancellationToken);
        await faults.AfterAsync("destroy", cancellationToken);
        if (outcome != StoreOutcome.Ok)
        {
            throw StoreFailure.NothingDone($"destroying {id}");
        }
    }

    private IShardStore WithBug(IShardStore store) => bug switch
    {
        SeededBug.None or SeededBug.NoEpochCheck => store,
        SeededBug.AckBeforeAppend => new HastyShardStore(store, faults),
        SeededBug.NoTombstone => new ForgetfulShardStore(store),
        _ => throw new ArgumentOutOfRangeException(nameof(store), bug, "A new bug needs a place to live."),
    };
}
