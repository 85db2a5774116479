using MemoryCluster.Shards;

namespace MemoryCluster.Storage;

/// <summary>The port's refusals and failures, worded in one place for all stores.</summary>
internal static class StoreFaults
{
    public static MemoryClusterException Fenced(StoreId id, long epoch) => new(
        MemoryFault.ShardUnavailable,
        $"Store {id} has an owner later than epoch {epoch}; nothing was written. Open it anew, or ask the owner.",
        code: "shard_fenced");

    public static MemoryClusterException OutOfSequence(StoreId id, long expected, long actual) => new(
        MemoryFault.Conflict,
        $"Store {id} expects sequence number {expected} and was given {actual}; nothing was written.",
        code: "out_of_sequence");

    public static MemoryClusterException Tombstoned(StoreId id, RecordKey key, long seq) => new(
        MemoryFault.Conflict,
        $"Record {key} of store {id} was erased and may not come back (mutation {seq}); nothing was written.",
        code: "tombstoned");

    public static MemoryClusterException OperationRepeated(StoreId id, Guid operation, long seq) => new(
        MemoryFault.Conflict,
        $"Operation {operation:N} of store {id} was already carried out (mutation {seq}); nothing was written. Answer from its entry.",
        code: "operation_repeated");

    public static MemoryClusterException Unavailable(StoreId id, string what, Exception? cause = null) => new(
        MemoryFault.StoreUnavailable, $"Store {id}: {what}; nothing was written.", cause);

    public static MemoryClusterException OutcomeUnknown(StoreId id, string what, Exception? cause = null) => new(
        MemoryFault.OutcomeUnknown,
        $"Store {id}: {what}; any prefix of the append may be durable. Close this handle, open the store anew and look.",
        cause);

    public static MemoryClusterException Corrupt(StoreId id, string what, Exception? cause = null) => new(
        MemoryFault.StoreCorrupt, $"Store {id}: {what}", cause);
}
