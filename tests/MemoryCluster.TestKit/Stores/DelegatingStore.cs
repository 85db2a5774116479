using MemoryCluster.Shards;

namespace MemoryCluster.TestKit.Stores;

/// <summary>A store that does as another does, but for what a test overrides.</summary>
public abstract class DelegatingStore(IShardStore inner) : IShardStore
{
    /// <inheritdoc/>
    public long Epoch => inner.Epoch;

    /// <inheritdoc/>
    public virtual long Seq => inner.Seq;

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<StoredRecord> ReadRecordsAsync(CancellationToken cancellationToken) => inner.ReadRecordsAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<OperationEntry> ReadOperationsAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        inner.ReadOperationsAsync(since, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<RecordKey>> ReadErasedAsync(CancellationToken cancellationToken) => inner.ReadErasedAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<StoredRecord?>> ReadAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken) =>
        inner.ReadAsync(keys, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken) =>
        inner.AppendAsync(mutations, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken) => inner.IsCurrentAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<bool> DeriveAsync(Action<IDerivedFiles> work, CancellationToken cancellationToken) =>
        inner.DeriveAsync(work, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken) =>
        inner.MaintainAsync(operationsSince, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync() => inner.DisposeAsync();
}
