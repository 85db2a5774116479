namespace MemoryCluster.Shards;

/// <summary>One opened store: keyed records, a sequence, idempotency entries and tombstones, under one epoch.</summary>
/// <remarks>
/// One owner uses it, one call at a time, but for <see cref="IsCurrentAsync"/>, which may run beside an append. After any fault of
/// <see cref="AppendAsync"/> other than a refusal before work the owner must close it and open anew, for it no longer knows what is durable.
/// </remarks>
public interface IShardStore : IAsyncDisposable
{
    /// <summary>The epoch taken at opening; grows by at least one with every opening.</summary>
    long Epoch { get; }

    /// <summary>The last durable sequence number: at opening, then after each append.</summary>
    long Seq { get; }

    /// <summary>Every live record as of opening, in any order. Call before the first append; a handle that is fenced is refused.</summary>
    IAsyncEnumerable<StoredRecord> ReadRecordsAsync(CancellationToken cancellationToken);

    /// <summary>Idempotency entries not older than <paramref name="since"/>, as of opening.</summary>
    IAsyncEnumerable<OperationEntry> ReadOperationsAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The keys erased so far, in any order.</summary>
    ValueTask<IReadOnlyList<RecordKey>> ReadErasedAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Some records as they are now, one for each key in the order of the keys; null where there is none. The cost follows from what is asked
    /// for, not from what there is.
    /// </summary>
    /// <exception cref="MemoryClusterException">
    /// <see cref="MemoryFault.ShardUnavailable"/>, code <c>shard_fenced</c>: a later epoch owns the store.
    /// <see cref="MemoryFault.StoreUnavailable"/>: it could not be read. <see cref="MemoryFault.StoreCorrupt"/>: a record fails its checks.
    /// </exception>
    ValueTask<IReadOnlyList<StoredRecord?>> ReadAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken);

    /// <summary>
    /// Makes mutations durable, in order, each whole or not at all; returns when the last is synced. A crash may keep a prefix. The first
    /// mutation of a store may have any number from 1: what goes on where another store ends begins above it.
    /// </summary>
    /// <exception cref="MemoryClusterException">
    /// <see cref="MemoryFault.ShardUnavailable"/>, code <c>shard_fenced</c>: a later epoch owns the store, nothing was written.
    /// <see cref="MemoryFault.StoreUnavailable"/>: nothing was written. <see cref="MemoryFault.OutcomeUnknown"/>: any prefix may be durable.
    /// <see cref="MemoryFault.Conflict"/>, code <c>tombstoned</c>, <c>out_of_sequence</c> or <c>operation_repeated</c>: refused whole,
    /// nothing was written.
    /// </exception>
    ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken);

    /// <summary>
    /// Whether this epoch is still the latest. A read that was checked after it began has seen every write acknowledged before it began:
    /// no other owner can have written without taking a later epoch.
    /// </summary>
    ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Works on files derived from the records, on a thread that may block, between two other calls of this owner; false where the store has
    /// no place for such files or they could not be used.
    /// </summary>
    ValueTask<bool> DeriveAsync(Action<IDerivedFiles> work, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <summary>Does what may wait: drops expired idempotency entries, rewrites dead bytes away, saves snapshots.</summary>
    /// <param name="operationsSince">Entries older than this may be dropped.</param>
    /// <param name="cancellationToken">Stops it between steps; what was done stays done.</param>
    ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken);
}
