using System.Runtime.CompilerServices;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Files.Format;

namespace MemoryCluster.Storage.Files;

/// <summary>One owner's handle. It builds frames on the caller's thread; everything else happens in the store's lane.</summary>
internal sealed class FileShardStore(FileStore store, long epoch, long seq) : IShardStore
{
    private const int ReadBytesMax = 1 << 20;

    private readonly FrameWriter _writer = new();
    private int _appending;
    private int _disposed;

    public long Epoch { get; } = epoch;

    public long Seq { get; private set; } = seq;

    public async IAsyncEnumerable<StoredRecord> ReadRecordsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        var slots = await store.Lane.RunAsync(() => store.ListRecords(Epoch)).ConfigureAwait(false);
        var payloads = ReadAsync(slots, slot => slot.Value.Payload, cancellationToken);
        await foreach (var ((key, slot), payload) in payloads.ConfigureAwait(false))
            yield return new StoredRecord(key, slot.Seq, payload);
    }

    public async IAsyncEnumerable<OperationEntry> ReadOperationsAsync(
        DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        var slots = await store.Lane.RunAsync(() => store.ListOperations(Epoch, since)).ConfigureAwait(false);
        var results = ReadAsync(slots, slot => slot.Value.Result, cancellationToken);
        await foreach (var ((key, slot), result) in results.ConfigureAwait(false))
            yield return new OperationEntry(key, new DateTimeOffset(slot.AtTicks, TimeSpan.Zero), result);
    }

    public async ValueTask<IReadOnlyList<RecordKey>> ReadErasedAsync(CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return await store.Lane.RunAsync(() => store.ListErased(Epoch)).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredRecord?>> ReadAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return await store.Lane.RunAsync(() => store.Read(Epoch, keys)).ConfigureAwait(false);
    }

    // Once it is in the lane an append is not cancelled: its outcome would be unknown, and it ends within a sync.
    public ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        MutationRules.CheckShape(mutations);
        if (mutations.Count == 0)
            return ValueTask.CompletedTask;
        if (Interlocked.Exchange(ref _appending, 1) != 0)
            throw new InvalidOperationException("An owner appends one call at a time; this one began inside another.");

        try
        {
            _writer.Clear();
            foreach (var mutation in mutations)
                _writer.Add(mutation);
            _writer.Seal();
            return new ValueTask(store.Lane.RunAsync(() => Append(mutations)));
        }
        catch
        {
            Volatile.Write(ref _appending, 0);
            throw;
        }
    }

    public ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return ValueTask.FromResult(store.IsCurrent(Epoch));
    }

    public async ValueTask MaintainAsync(DateTimeOffset operationsSince, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        await store.Lane.RunAsync(() => store.Maintain(Epoch, operationsSince, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<bool> DeriveAsync(Action<IDerivedFiles> work, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return await store.Lane.RunAsync(() => store.Derive(Epoch, work)).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        try
        {
            await store.Lane.RunAsync(store.Release).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The stores were closed first, and every store with them.
        }
    }

    /// <summary>Payloads in the order of the disk, about a megabyte of the file at a time.</summary>
    private async IAsyncEnumerable<(TSlot Slot, ReadOnlyMemory<byte> Payload)> ReadAsync<TSlot>(
        TSlot[] slots, Func<TSlot, Extent> extentOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var first = 0; first < slots.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = extentOf(slots[first]).Offset;
            var count = 1;
            while (first + count < slots.Length && extentOf(slots[first + count]).End - start <= ReadBytesMax)
                count++;
            var extents = Array.ConvertAll(slots[first..(first + count)], slot => extentOf(slot));
            var payloads = await store.Lane.RunAsync(() => store.Read(Epoch, extents)).ConfigureAwait(false);
            for (var i = 0; i < count; i++)
                yield return (slots[first + i], payloads[i]);
            first += count;
        }
    }

    // Wholly in the lane, so that the awaiting owner is resumed straight from there: every hop between threads adds to a lone caller's wait.
    private void Append(IReadOnlyList<ShardMutation> mutations)
    {
        try
        {
            Seq = store.Append(Epoch, _writer, mutations);
        }
        finally
        {
            Volatile.Write(ref _appending, 0);
        }
    }

    private void CheckOpen(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
