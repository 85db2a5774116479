using System.Text.Json;
using MemoryCluster.Records;

namespace MemoryCluster.Shards.Writing;

/// <summary>The idempotent requests of the last 24 hours, and those in flight.</summary>
internal sealed class OperationLedger(TimeProvider clock)
{
    /// <summary>How long an answer is kept: the contract's 24 hours.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Dictionary<Guid, (DateTimeOffset At, StoredOperation Operation)> _done = [];
    private readonly Queue<(DateTimeOffset At, Guid Key)> _byAge = new();
    private readonly HashSet<Guid> _inFlight = [];

    public DateTimeOffset OldestKept => clock.GetUtcNow() - Lifetime;

    /// <summary>What was answered before; null for a request that is new.</summary>
    /// <exception cref="MemoryClusterException">Another body under the key, or the first request is still in flight.</exception>
    public StoredOperation? Find(OperationId operation)
    {
        if (_done.TryGetValue(operation.Key, out var entry) && entry.At > OldestKept)
        {
            return entry.Operation.Body == operation.Body
                ? entry.Operation
                : throw new MemoryClusterException(
                    MemoryFault.IdempotencyMismatch, "This idempotency key was used with another body; use a new key for a new request.");
        }

        return _inFlight.Contains(operation.Key)
            ? throw new MemoryClusterException(
                MemoryFault.IdempotencyInFlight, "The first request with this idempotency key has not finished; ask again in a moment.")
            : null;
    }

    /// <summary>Whether a request under the key was answered, or is being carried out, whatever its body.</summary>
    public bool IsKnown(OperationId operation) =>
        _inFlight.Contains(operation.Key) || (_done.TryGetValue(operation.Key, out var entry) && entry.At > OldestKept);

    /// <summary>Runs a new request under its key, so that a second one meanwhile is told so.</summary>
    public async Task<T> RunAsync<T>(OperationId? operation, Func<Task<T>> run)
    {
        if (operation is not { } id)
        {
            return await run();
        }

        _inFlight.Add(id.Key);
        try
        {
            return await run();
        }
        finally
        {
            _inFlight.Remove(id.Key);
        }
    }

    /// <summary>A mutation that answers a request under its key, if it has one, and what to do once it is durable.</summary>
    public (ShardMutation Mutation, Action Remember) Mutation(
        PendingBatch batch, ImmutableArray<RecordWrite> writes, OperationId? operation, Func<Guid, StoredOperation> answer)
    {
        if (operation is not { } id)
        {
            return (new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = writes }, static () => { });
        }

        var stored = answer(id.Body);
        var entry = new OperationEntry(id.Key, batch.At, JsonSerializer.SerializeToUtf8Bytes(stored, StoredJson.Instance.StoredOperation));
        return (
            new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = writes, Operation = entry },
            () => Remember(id.Key, batch.At, stored));
    }

    /// <summary>The requests that are kept, in the form that stores keep them in.</summary>
    public IEnumerable<OperationEntry> Export()
    {
        var oldest = OldestKept;
        return _done.Where(entry => entry.Value.At > oldest).Select(entry => new OperationEntry(
            entry.Key, entry.Value.At, JsonSerializer.SerializeToUtf8Bytes(entry.Value.Operation, StoredJson.Instance.StoredOperation)));
    }

    public StoredOperation Load(OperationEntry entry)
    {
        var operation = JsonSerializer.Deserialize(entry.Result.Span, StoredJson.Instance.StoredOperation)
            ?? throw new MemoryClusterException(MemoryFault.StoreCorrupt, $"Operation {entry.Key} is null.");
        Remember(entry.Key, entry.At, operation);
        return operation;
    }

    public void Remember(Guid key, DateTimeOffset at, StoredOperation operation)
    {
        _done[key] = (at, operation);
        _byAge.Enqueue((at, key));
        var oldest = OldestKept;
        while (_byAge.TryPeek(out var first) && first.At <= oldest)
        {
            _byAge.Dequeue();
            if (_done.TryGetValue(first.Key, out var entry) && entry.At == first.At)
            {
                _done.Remove(first.Key);
            }
        }
    }
}
