using MemoryCluster.Shards;

namespace MemoryCluster.Storage;

/// <summary>What every store refuses before it writes: the same for all of them, and for a whole append.</summary>
internal static class MutationRules
{
    /// <summary>Bytes of one append. 256 records of the contract's largest text with its vector stay well under it.</summary>
    public const int AppendBytesMax = 64 << 20;

    /// <exception cref="MemoryClusterException">The first rule that is broken; nothing may be written then.</exception>
    public static void Check(StoreId id, IReadOnlyList<ShardMutation> mutations, IStoreFacts facts)
    {
        var batch = new Batch(id, facts);
        foreach (var mutation in mutations)
            batch.Add(mutation);
    }

    /// <exception cref="ArgumentException">The caller's mistake, which no store is asked about.</exception>
    public static void CheckShape(IReadOnlyList<ShardMutation> mutations)
    {
        long bytes = 0;
        foreach (var mutation in mutations)
        {
            bytes += mutation.Operation?.Result.Length ?? 0;
            foreach (var write in mutation.Writes)
            {
                if (write.Kind is not (WriteKind.Put or WriteKind.Delete or WriteKind.Erase))
                    throw new ArgumentException($"Mutation {mutation.Seq} has a write of kind {write.Kind}.", nameof(mutations));
                bytes += write.Payload.Length;
            }
        }

        if (bytes > AppendBytesMax)
            throw new ArgumentException($"An append of {bytes:N0} bytes exceeds the {AppendBytesMax:N0} allowed; split it.", nameof(mutations));
    }

    /// <summary>The store's facts, and over them what earlier mutations of the same append change.</summary>
    private struct Batch(StoreId id, IStoreFacts facts)
    {
        private long _seq = facts.Seq;
        private HashSet<RecordKey>? _erased;
        private HashSet<Guid>? _operations;

        public void Add(ShardMutation mutation)
        {
            if (_seq == 0 && mutation.Seq > 0)
                _seq = mutation.Seq;
            else if (mutation.Seq != ++_seq)
                throw StoreFaults.OutOfSequence(id, _seq, mutation.Seq);
            foreach (var write in mutation.Writes)
                Add(write);
            if (mutation.Operation is { } operation)
                Add(operation);
        }

        private void Add(in RecordWrite write)
        {
            if (write.Kind == WriteKind.Put && (facts.IsErased(write.Key) || _erased?.Contains(write.Key) == true))
                throw StoreFaults.Tombstoned(id, write.Key, _seq);
            if (write.Kind == WriteKind.Erase)
                (_erased ??= []).Add(write.Key);
        }

        private void Add(OperationEntry operation)
        {
            var seen = facts.OperationAt(operation.Key) is { } at && operation.At - at < OperationEntry.Lifetime;
            if (seen || !(_operations ??= []).Add(operation.Key))
                throw StoreFaults.OperationRepeated(id, operation.Key, _seq);
        }
    }
}
