using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.Shards;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Simulations.Stores;

/// <summary>One handle: each call takes virtual time before its effect and after it, and may end in any way that the port allows.</summary>
internal sealed class FaultyShardStore(IShardStore store, SimulatedStoreFaults faults, Random random) : DelegatingStore(store)
{
    public override async ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
    {
        var outcome = await faults.BeforeAsync("append", cancellationToken);
        if (outcome == StoreOutcome.FailBefore)
        {
            throw StoreFailure.NothingDone("an append");
        }

        var durable = outcome == StoreOutcome.HalfApply ? mutations.Take(random.Next(mutations.Count)).ToList() : mutations;
        if (durable.Count > 0)
        {
            await base.AppendAsync(durable, cancellationToken);
        }

        await faults.AfterAsync("append", cancellationToken);
        if (outcome != StoreOutcome.Ok)
        {
            throw StoreFailure.Unknown("an append");
        }
    }

    public override async ValueTask<IReadOnlyList<StoredRecord?>> ReadAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        var outcome = await faults.BeforeAsync("read", cancellationToken);
        var read = await base.ReadAsync(keys, cancellationToken);
        await faults.AfterAsync("read", cancellationToken);
        return outcome == StoreOutcome.Ok ? read : throw StoreFailure.NothingDone("a read");
    }

    public override async ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        var outcome = await faults.BeforeAsync("is current", cancellationToken);
        var isCurrent = await base.IsCurrentAsync(cancellationToken);
        await faults.AfterAsync("is current", cancellationToken);
        return outcome == StoreOutcome.Ok ? isCurrent : throw StoreFailure.NothingDone("asking for the epoch");
    }

    public override async ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken)
    {
        var outcome = await faults.BeforeAsync("maintain", cancellationToken);
        if (outcome == StoreOutcome.Ok)
        {
            await base.MaintainAsync(operationsSince, cancellationToken);
            return;
        }

        throw StoreFailure.NothingDone("maintenance");
    }
}
