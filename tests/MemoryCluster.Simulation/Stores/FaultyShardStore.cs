using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.Shards;

namespace MemoryCluster.Simulations.Stores;

/// <summary>One handle: each call takes virtual time before its effect and after it, and may end in any way that the port allows.</summary>
internal sealed class FaultyShardStore(IShardStore store, SimulatedStoreFaults faults, Random random) : IShardStore
{
    public long Epoch => store.Epoch;

    public long Seq => store.Seq;

    public IAsyncEnumerable<StoredRecord> ReadRecordsAsync(CancellationToken cancellationToken) => store.ReadRecordsAsync(cancellationToken);

    public IAsyncEnumerable<OperationEntry> ReadOperationsAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        store.ReadOperationsAsync(since, cancellationToken);

    public async ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
    {
        var outcome = await faults.BeforeAsync("append", cancellationToken);
        if (outcome == StoreOutcome.FailBefore)
        {
            throw StoreFailure.NothingDone("an append");
        }

        var durable = outcome == StoreOutcome.HalfApply ? mutations.Take(random.Next(mutations.Count)).ToList() : mutations;
        if (durable.Count > 0)
        {
            await store.AppendAsync(durable, cancellationToken);
        }

        await faults.AfterAsync("append", cancellationToken);
        if (outcome != StoreOutcome.Ok)
        {
            throw StoreFailure.Unknown("an append");
        }
    }

    public async ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        var outcome = await faults.BeforeAsync("is current", cancellationToken);
        var isCurrent = await store.IsCurrentAsync(cancellationToken);
        await faults.AfterAsync("is current", cancellationToken);
        return outcome == StoreOutcome.Ok ? isCurrent : throw StoreFailure.NothingDone("asking for the epoch");
    }

    public async ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken)
    {
        var outcome = await faults.BeforeAsync("maintain", cancellationToken);
        if (outcome == StoreOutcome.Ok)
        {
            await store.MaintainAsync(operationsSince, cancellationToken);
            return;
        }

        throw StoreFailure.NothingDone("maintenance");
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
