using MemoryCluster.Storage.Files.Disk;
using MemoryCluster.Storage.Files.Format;

namespace MemoryCluster.Storage.Files;

/// <summary>From files to index: the newest valid snapshot, then the log's tail.</summary>
internal sealed partial class FileStore
{
    private void Load()
    {
        var began = clock.GetTimestamp();
        files.CreateFolder(_folder.Path);
        _lock = TakeLock();
        var segments = _folder.Segments(files);
        var segment = segments.Count > 0 ? segments[^1] : CreateFirst();
        LoadSegment(segment);
        _folder.DropLeftovers(files, segment);
        // Also for a rename of an earlier process: before anything rests on a name it is durable.
        files.SyncFolder(_folder.Path);
        if (!files.Exists(_folder.NameFile))
            _folder.WriteName(files, id);
        var elapsed = clock.GetElapsedTime(began);
        LogOpened(logger, id, segment, _index.Records.Count, _index.Seq, elapsed);
    }

    private IDisposable TakeLock()
    {
        try
        {
            return files.Lock(_folder.LockFile);
        }
        catch (IOException cause)
        {
            throw StoreFaults.Unavailable(id, $"another process holds {_folder.LockFile}; end it, or ask it", cause);
        }
    }

    private long CreateFirst()
    {
        if (files.Exists(_folder.NameFile))
        {
            throw StoreFaults.Corrupt(
                id, $"{_folder.Path} once held a log and holds none now. Restore the folder, or delete all of it to begin empty.");
        }

        files.SyncFolder(options.Root);
        var header = new SegmentHeader(_folder.Hash, 1, SegmentRewrite.NewSalt(), SegmentHeader.Bytes, 0, 0);
        _folder.Publish(files, _folder.SegmentFile(1), file =>
        {
            Span<byte> bytes = stackalloc byte[SegmentHeader.Bytes];
            header.Write(bytes);
            file.Write(bytes, 0);
        });
        return 1;
    }

    private void LoadSegment(long segment)
    {
        var file = files.Open(_folder.SegmentFile(segment), FileMode.Open, FileAccess.ReadWrite);
        try
        {
            CutDoubtful(segment, file);
            var scan = Scan(segment, file);
            _index = scan.Index;
            _log = new SegmentLog(id, file, scan.Header, scan.End, scan.LastFrame);
            _log.Settle();
            _doubt = null;
            if (scan.TornBytes > 0)
                LogTornTail(logger, id, segment, scan.TornBytes, scan.End, _index.Seq);
        }
        catch (CorruptSegmentException cause)
        {
            file.Dispose();
            throw Corrupt(segment, cause.Message, cause);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A frame whose sync failed may read back whole and yet not be on the medium. Its outcome was unknown; now it is undone.</summary>
    private void CutDoubtful(long segment, IStorageFile file)
    {
        if (_doubt is not { } doubt || doubt.Segment != segment || file.Length <= doubt.End)
            return;
        file.SetLength(doubt.End);
        file.Sync();
    }

    private SegmentScan Scan(long segment, IStorageFile file)
    {
        var scan = new SegmentScan(file);
        if (scan.Header.Store != _folder.Hash || scan.Header.Number != segment)
            throw new CorruptSegmentException($"it is segment {scan.Header.Number} of store {scan.Header.Store}, by its header at offset 0");

        _snapshotEnd = SegmentHeader.Bytes;
        if (LoadSnapshot(scan.Header, file) is { } snapshot)
        {
            scan = new SegmentScan(file, scan.Header, snapshot);
            _snapshotEnd = snapshot.SegmentEnd;
        }

        scan.Run();
        return scan;
    }

    /// <summary>The snapshot is derived: whatever is wrong with it, the log has it all.</summary>
    private IndexSnapshot? LoadSnapshot(SegmentHeader segment, IStorageFile log)
    {
        if (!files.Exists(_folder.SnapshotFile))
            return null;
        try
        {
            return _folder.ReadSnapshot(files, segment, log);
        }
        catch (Exception cause) when (cause is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            LogSnapshotIgnored(logger, id, cause.Message);
            return null;
        }
    }
}
