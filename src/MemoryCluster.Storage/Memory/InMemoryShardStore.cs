using MemoryCluster.Shards;

namespace MemoryCluster.Storage.Memory;

internal sealed class InMemoryShardStore : IShardStore
{
    private readonly InMemoryStoreState _state;
    private bool _disposed;

    public InMemoryShardStore(InMemoryStoreState state)
    {
        _state = state;
        (Epoch, Seq) = state.Open();
    }

    public long Epoch { get; }

    public long Seq { get; private set; }

    public IAsyncEnumerable<StoredRecord> ReadRecordsAsync(CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return _state.Records(Epoch).ToAsyncEnumerable();
    }

    public IAsyncEnumerable<OperationEntry> ReadOperationsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return _state.Operations(Epoch, since).ToAsyncEnumerable();
    }

    public ValueTask<IReadOnlyList<RecordKey>> ReadErasedAsync(CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return ValueTask.FromResult<IReadOnlyList<RecordKey>>(_state.Erased(Epoch));
    }

    public ValueTask<IReadOnlyList<StoredRecord?>> ReadAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return ValueTask.FromResult<IReadOnlyList<StoredRecord?>>(_state.Read(Epoch, keys));
    }

    public ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        MutationRules.CheckShape(mutations);
        Seq = _state.Append(Epoch, mutations);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return ValueTask.FromResult(_state.IsCurrent(Epoch));
    }

    public ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        _state.Maintain(Epoch, operationsSince);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return ValueTask.CompletedTask;
    }

    private void CheckOpen(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
