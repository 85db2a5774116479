using MemoryCluster.Shards;

namespace MemoryCluster.Simulations.Stores;

/// <summary>The bug: a deletion takes effect in the owner's memory only, and the record is there again when the store is next opened.</summary>
internal sealed class ForgetfulShardStore(IShardStore store) : IShardStore
{
    public long Epoch => store.Epoch;

    public long Seq => store.Seq;

    public IAsyncEnumerable<StoredRecord> ReadRecordsAsync(CancellationToken cancellationToken) => store.ReadRecordsAsync(cancellationToken);

    public IAsyncEnumerable<OperationEntry> ReadOperationsAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        store.ReadOperationsAsync(since, cancellationToken);

    public ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken) =>
        store.AppendAsync([.. mutations.Select(WithoutErasures)], cancellationToken);

    public ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken) => store.IsCurrentAsync(cancellationToken);

    public ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken) =>
        store.MaintainAsync(operationsSince, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static ShardMutation WithoutErasures(ShardMutation mutation) =>
        mutation with { Writes = mutation.Writes.RemoveAll(write => write.Kind == WriteKind.Erase) };
}
