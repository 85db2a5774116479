using MemoryCluster.Shards;
using MemoryCluster.Storage.Files.Disk;
using MemoryCluster.Storage.Files.Format;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Storage.Files;

/// <summary>One store of this process, whoever holds a handle of it: log, index and epoch.</summary>
/// <remarks>All but <see cref="IsCurrent"/> runs in the lane, one call at a time. Blocking is allowed there, and nowhere else.</remarks>
internal sealed partial class FileStore(
    StoreId id, FileStoreOptions options, IStorageFiles files, IoLane lane, TimeProvider clock, ILogger logger) : IDisposable
{
    private readonly StoreFolder _folder = StoreFolder.Of(options.Root, id);
    private readonly FrameWriter _writer = new();
    private IDisposable? _lock;
    private SegmentLog? _log;
    private StoreIndex _index = new();
    private long _snapshotEnd;
    private int _handles;
    private long _currentEpoch;

    /// <summary>The segment and its last known durable end, when a sync failed: behind it the page cache is not to be believed.</summary>
    private (long Segment, long End)? _doubt;

    public IoLane Lane { get; } = lane;

    public bool IsCurrent(long epoch) => Volatile.Read(ref _currentEpoch) == epoch;

    public (long Epoch, long Seq) Open()
    {
        try
        {
            if (_log is { IsDead: true })
                Unload();
            if (_log is null)
                Load();
            TakeEpoch();
            _handles++;
            return (_index.Epoch, _index.Seq);
        }
        catch (Exception cause) when (AsOpeningFault(cause) is { } fault)
        {
            if (_handles == 0 || _log is not { IsDead: false })
                Unload();
            throw fault;
        }
    }

    public long Append(long epoch, FrameWriter frame, IReadOnlyList<ShardMutation> mutations)
    {
        var log = Owned(epoch);
        MutationRules.Check(id, mutations, _index);
        // Append before apply: the index may lag the log, never lead it.
        Commit(log, frame, FrameKind.Mutations, mutations[0].Seq, mutations[^1].Seq, epoch);
        return _index.Seq;
    }

    public KeyValuePair<RecordKey, RecordSlot>[] ListRecords(long epoch)
    {
        Owned(epoch);
        return [.. _index.Records.OrderBy(slot => slot.Value.Payload.Offset)];
    }

    public RecordKey[] ListErased(long epoch)
    {
        Owned(epoch);
        return [.. _index.Erased];
    }

    public KeyValuePair<Guid, OperationSlot>[] ListOperations(long epoch, DateTimeOffset since)
    {
        Owned(epoch);
        return [.. _index.Operations.Where(slot => slot.Value.AtTicks >= since.UtcTicks).OrderBy(slot => slot.Value.Result.Offset)];
    }

    /// <summary>Payloads that lie one behind the other, by one read.</summary>
    public ReadOnlyMemory<byte>[] Read(long epoch, Extent[] extents)
    {
        var log = Owned(epoch);
        var start = extents[0].Offset;
        var region = new byte[extents[^1].End - start];
        var read = ReadOrRefuse(log, region, start);
        return Array.ConvertAll(extents, extent => Payload(log, region.AsSpan(0, read), start, extent));
    }

    /// <summary>Records by their keys, a read each; null where there is none.</summary>
    public StoredRecord?[] Read(long epoch, IReadOnlyList<RecordKey> keys)
    {
        Owned(epoch);
        var found = new StoredRecord?[keys.Count];
        for (var i = 0; i < keys.Count; i++)
        {
            if (_index.Records.TryGetValue(keys[i], out var slot))
                found[i] = new StoredRecord(keys[i], slot.Seq, Read(epoch, [slot.Payload])[0]);
        }

        return found;
    }

    public void Maintain(long epoch, DateTimeOffset operationsSince, CancellationToken cancellationToken)
    {
        var log = Owned(epoch);
        _index.DropOperationsBefore(operationsSince);
        if (NeedsRewrite(log))
            Rewrite(log, cancellationToken);
        else
            SaveSnapshotIfWorth(log);
    }

    /// <summary>Takes it from whoever has it, and every file of it from the disk; the name first, which says that there is a log.</summary>
    public void Destroy()
    {
        try
        {
            Unload();
            if (!files.Names(_folder.Path).Any())
                return;
            using (TakeLock())
                _folder.Empty(files);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.Unavailable(id, $"its files cannot be deleted ({cause.Message})", cause);
        }
    }

    public void Release()
    {
        if (--_handles == 0)
            Close();
    }

    public void Close()
    {
        if (_log is { IsDead: false } log)
            SaveSnapshotIfWorth(log);
        Dispose();
    }

    public void Dispose() => Unload();

    private SegmentLog Owned(long epoch)
    {
        if (epoch != _index.Epoch)
            throw StoreFaults.Fenced(id, epoch);
        return _log is { IsDead: false } log
            ? log
            : throw StoreFaults.Unavailable(id, "its log failed or was closed; open it anew");
    }

    private void Commit(SegmentLog log, FrameWriter frame, FrameKind kind, long firstSeq, long lastSeq, long epoch)
    {
        var bytes = frame.Finish(kind, firstSeq, lastSeq, epoch, log.Header.Salt);
        var start = log.End;
        try
        {
            log.Append(bytes);
        }
        finally
        {
            if (log.IsDead)
                Doubt(log);
        }

        _index.Apply(frame.Header, frame.Body, start + FrameHeader.Bytes);
    }

    private void Doubt(SegmentLog log)
    {
        _doubt = (log.Header.Number, log.End);
        Volatile.Write(ref _currentEpoch, 0);
    }

    private void TakeEpoch()
    {
        _writer.Clear();
        _writer.Seal();
        Commit(_log!, _writer, FrameKind.Epoch, _index.Seq, _index.Seq, _index.Epoch + 1);
        Volatile.Write(ref _currentEpoch, _index.Epoch);
    }

    private void Unload()
    {
        Volatile.Write(ref _currentEpoch, 0);
        _log?.Dispose();
        _log = null;
        _lock?.Dispose();
        _lock = null;
        // What a handle of before may ask is refused without it, and what it holds is memory.
        _index = new StoreIndex { Epoch = -1 };
    }

    private int ReadOrRefuse(SegmentLog log, byte[] region, long start)
    {
        try
        {
            return log.File.Read(region, start);
        }
        catch (IOException cause)
        {
            throw StoreFaults.Unavailable(id, "a read failed", cause);
        }
    }

    private ReadOnlyMemory<byte> Payload(SegmentLog log, ReadOnlySpan<byte> region, long start, Extent extent)
    {
        var offset = (int)(extent.Offset - start);
        if (offset + extent.Length > region.Length || Crc32C.Of(region.Slice(offset, extent.Length)) != extent.Crc)
            throw DamagedPayload(log, extent);
        return region.Slice(offset, extent.Length).ToArray();
    }

    private MemoryClusterException DamagedPayload(SegmentLog log, Extent extent) =>
        Corrupt(log.Header.Number, $"a payload of {extent.Length} bytes fails its checksum at offset {extent.Offset}");

    private MemoryClusterException Corrupt(long segment, string what, Exception? cause = null) => StoreFaults.Corrupt(
        id,
        $"{_folder.SegmentFile(segment)} is damaged: {what}. The file was left as it is. Restore the folder from a backup, or run "
        + "'verify' on it to see what is whole.",
        cause);

    private MemoryClusterException? AsOpeningFault(Exception cause) => cause switch
    {
        MemoryClusterException { Fault: MemoryFault.OutcomeUnknown } => StoreFaults.Unavailable(id, "the opening could not be synced", cause),
        MemoryClusterException fault => fault,
        IOException or UnauthorizedAccessException => StoreFaults.Unavailable(id, $"its files cannot be used ({cause.Message})", cause),
        _ => null,
    };
}
