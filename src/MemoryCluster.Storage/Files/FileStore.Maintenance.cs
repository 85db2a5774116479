using MemoryCluster.Shards;
using MemoryCluster.Storage.Files.Disk;
using MemoryCluster.Storage.Files.Format;

namespace MemoryCluster.Storage.Files;

/// <summary>What may wait: rewriting a segment without its dead bytes, and snapshots of its index.</summary>
internal sealed partial class FileStore
{
    private bool NeedsRewrite(SegmentLog log)
    {
        var dead = log.End - SegmentHeader.Bytes - _index.LiveBytes;
        return _index.HoldsErased || (dead > _index.LiveBytes && dead >= options.CompactionBytesMin);
    }

    /// <summary>
    /// The new segment is written aside, synced, and renamed into the place of the highest number. Until the rename the old segment is
    /// the log; from then on the new one is; both hold the same.
    /// </summary>
    private void Rewrite(SegmentLog old, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var rewrite = new SegmentRewrite(old, _index, clock.GetUtcNow(), DamagedPayload, cancellationToken);
        var segment = old.Header.Number + 1;
        var file = PublishRewrite(old, rewrite, segment);
        var log = new SegmentLog(id, file, rewrite.Header, rewrite.End, rewrite.LastFrame);
        (_log, _index, _snapshotEnd) = (log, rewrite.Index, SegmentHeader.Bytes);
        old.Dispose();
        DropReplaced(segment);
        SaveSnapshotIfWorth(log);

        var elapsed = clock.GetElapsedTime(began);
        LogRewritten(logger, id, segment, old.End, log.End, elapsed);
    }

    private IStorageFile PublishRewrite(SegmentLog old, SegmentRewrite rewrite, long segment)
    {
        try
        {
            _folder.Publish(files, _folder.SegmentFile(segment), rewrite.Write);
            return files.Open(_folder.SegmentFile(segment), FileMode.Open, FileAccess.ReadWrite);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Renamed, but perhaps not for good: appends to either segment could be lost with it. An opening will see which one it is.
            if (files.Exists(_folder.SegmentFile(segment)))
            {
                old.GiveUp();
                Volatile.Write(ref _currentEpoch, 0);
            }

            throw StoreFaults.Unavailable(id, $"segment {segment} could not be written ({cause.Message})", cause);
        }
    }

    private void DropReplaced(long segment)
    {
        try
        {
            _folder.DropLeftovers(files, segment);
            if (files.Exists(_folder.SnapshotFile))
                files.Delete(_folder.SnapshotFile);
            files.SyncFolder(_folder.Path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.Unavailable(id, $"the segment before {segment} could not be deleted; the next opening will ({cause.Message})", cause);
        }
    }

    /// <summary>Lets the owner write and read what it derives of the records.</summary>
    public bool Derive(long epoch, Action<IDerivedFiles> work)
    {
        Owned(epoch);
        try
        {
            work(new DerivedFiles(files, _folder));
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Derived: without it the next opening takes longer, and that is all.
            LogDerivedFilesFailed(logger, id, cause.Message);
            return false;
        }
    }

    private void SaveSnapshotIfWorth(SegmentLog log)
    {
        if (log.End - _snapshotEnd < options.SnapshotBytesMin)
            return;
        try
        {
            var snapshot = new IndexSnapshot(log.Header.Number, log.Header.Salt, log.End, log.LastFrame, _index);
            var bytes = SnapshotFormat.Write(_folder.Hash, snapshot);
            _folder.Publish(files, _folder.SnapshotFile, file => file.Write(bytes, 0));
            _snapshotEnd = log.End;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Derived: without it the next opening reads more of the log, and that is all.
            LogSnapshotNotSaved(logger, id, cause.Message);
        }
    }
}
