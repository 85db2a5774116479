using MemoryCluster.Shards;

namespace MemoryCluster.Storage.Memory;

/// <summary>What would be on the disk: shared by every handle of one store.</summary>
/// <remarks>The lock is for live hosts, whose handles run on several threads; the simulator never contends for it.</remarks>
internal sealed class InMemoryStoreState(StoreId id) : IStoreFacts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RecordKey, StoredRecord> _records = [];
    private readonly HashSet<RecordKey> _erased = [];
    private readonly Dictionary<Guid, OperationEntry> _operations = [];
    private long _epoch;

    public long Seq { get; private set; }

    public bool IsErased(RecordKey key) => _erased.Contains(key);

    public DateTimeOffset? OperationAt(Guid operation) => _operations.GetValueOrDefault(operation)?.At;

    public (long Epoch, long Seq) Open()
    {
        lock (_lock)
            return (++_epoch, Seq);
    }

    public bool IsCurrent(long epoch)
    {
        lock (_lock)
            return epoch == _epoch;
    }

    public StoredRecord[] Records(long epoch)
    {
        lock (_lock)
        {
            CheckEpoch(epoch);
            return [.. _records.Values];
        }
    }

    public RecordKey[] Erased(long epoch)
    {
        lock (_lock)
        {
            CheckEpoch(epoch);
            return [.. _erased];
        }
    }

    public StoredRecord?[] Read(long epoch, IReadOnlyList<RecordKey> keys)
    {
        lock (_lock)
        {
            CheckEpoch(epoch);
            return [.. keys.Select(key => _records.TryGetValue(key, out var record) ? record : (StoredRecord?)null)];
        }
    }

    public OperationEntry[] Operations(long epoch, DateTimeOffset since)
    {
        lock (_lock)
        {
            CheckEpoch(epoch);
            return [.. _operations.Values.Where(entry => entry.At >= since)];
        }
    }

    public long Append(long epoch, IReadOnlyList<ShardMutation> mutations)
    {
        lock (_lock)
        {
            CheckEpoch(epoch);
            MutationRules.Check(id, mutations, this);
            foreach (var mutation in mutations)
                Apply(mutation);
            return Seq;
        }
    }

    public void Maintain(long epoch, DateTimeOffset operationsSince)
    {
        lock (_lock)
        {
            CheckEpoch(epoch);
            foreach (var (key, entry) in _operations)
            {
                if (entry.At < operationsSince)
                    _operations.Remove(key);
            }
        }
    }

    private void CheckEpoch(long epoch)
    {
        if (epoch != _epoch)
            throw StoreFaults.Fenced(id, epoch);
    }

    private void Apply(ShardMutation mutation)
    {
        foreach (var write in mutation.Writes)
            Apply(write, mutation.Seq);
        // Copies: the caller's buffers are its own again when the append returns.
        if (mutation.Operation is { } operation)
            _operations[operation.Key] = operation with { Result = operation.Result.ToArray() };
        Seq = mutation.Seq;
    }

    private void Apply(in RecordWrite write, long seq)
    {
        if (write.Kind == WriteKind.Put)
        {
            _records[write.Key] = new StoredRecord(write.Key, seq, write.Payload.ToArray());
            return;
        }

        _records.Remove(write.Key);
        if (write.Kind == WriteKind.Erase)
            _erased.Add(write.Key);
    }
}
