using MemoryCluster.Records;

namespace MemoryCluster.Shards.Splitting;

/// <summary>What a part of a split writes into the store of the shard that takes it.</summary>
internal static class AdoptedMutations
{
    /// <summary>
    /// Counters in a mutation behind that of their memories, since of the two those hold that were written later; an operation in each of the rest.
    /// </summary>
    public static IReadOnlyList<ShardMutation> Of(PartitionTransfer transfer, long firstSeq, DateTimeOffset at)
    {
        var counters = transfer.Records.Where(IsCounters).ToLookup(_ => true);
        var mutations = new List<ShardMutation>
        {
            new() { Seq = firstSeq, At = at, Writes = [.. transfer.Records.Where(record => !IsCounters(record)).Select(WriteOf)] },
            new() { Seq = firstSeq + 1, At = at, Writes = [.. counters[true].Select(WriteOf)] },
        };
        mutations.AddRange(transfer.Operations.Select((operation, i) => new ShardMutation
        {
            Seq = firstSeq + 2 + i, At = at, Operation = new OperationEntry(operation.Key, operation.At, operation.Result),
        }));
        return mutations;
    }

    /// <summary>The order in which they are applied: the same.</summary>
    public static IEnumerable<TransferredRecord> InOrder(ImmutableArray<TransferredRecord> records) =>
        records.Where(record => !IsCounters(record)).Concat(records.Where(IsCounters));

    private static bool IsCounters(TransferredRecord record) => UtilityCodec.Is(record.Payload);

    private static RecordWrite WriteOf(TransferredRecord record)
    {
        var key = new RecordKey(record.Key);
        return !record.Payload.IsEmpty ? RecordWrite.Put(key, record.Payload) : record.IsErased ? RecordWrite.Erase(key) : RecordWrite.Delete(key);
    }
}
