using System.Globalization;
using System.Text;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Files.Disk;
using MemoryCluster.Storage.Files.Format;

namespace MemoryCluster.Storage.Files;

/// <summary>A store's folder and the names in it. No caller's word is part of a path.</summary>
/// <remarks>
/// <code>
///  root/3f2a…/          SHA-256 of the store's id, first half, in hex
///      name             the store's id, for people; written last, so it says that there was a log
///      lock             held by the process that has the store open
///      log-7            the segment in use: the highest number
///      log-8.new        a rewrite that did not finish: dropped at opening
///      snapshot         an index of the segment: derived, may be deleted
///      indexes…         what the owner derives of its records: may be deleted too
/// </code>
/// </remarks>
internal sealed class StoreFolder(string path, StoreHash hash)
{
    private const string SegmentPrefix = "log-";
    private const string NewSuffix = ".new";

    public string Path { get; } = path;

    public StoreHash Hash { get; } = hash;

    public string NameFile => In("name");

    public string LockFile => In("lock");

    public string SnapshotFile => In("snapshot");

    public string SegmentFile(long number) => In(SegmentPrefix + number.ToString(CultureInfo.InvariantCulture));

    public static StoreFolder Of(string root, StoreId id)
    {
        var hash = StoreHash.Of(id);
        return new StoreFolder(System.IO.Path.Combine(root, hash.ToString()), hash);
    }

    /// <summary>The numbers of its segments, the one in use last. More than one only after a crash between a rewrite and its clean-up.</summary>
    public IReadOnlyList<long> Segments(IStorageFiles files) =>
        [.. files.Names(Path).Select(SegmentNumber).OfType<long>().Order()];

    /// <summary>Deletes what a crash left: unfinished files, and segments that a later one replaces.</summary>
    public void DropLeftovers(IStorageFiles files, long segment)
    {
        foreach (var name in files.Names(Path))
        {
            if (name.EndsWith(NewSuffix, StringComparison.Ordinal) || SegmentNumber(name) < segment)
                files.Delete(In(name));
        }
    }

    /// <summary>Writes a whole file and gives it its name: a crash leaves all of it, or what was there before.</summary>
    public void Publish(IStorageFiles files, string path, Action<IStorageFile> write)
    {
        var unfinished = path + NewSuffix;
        try
        {
            using (var file = files.Open(unfinished, FileMode.Create, FileAccess.ReadWrite))
            {
                write(file);
                file.Sync();
            }
        }
        catch
        {
            files.Delete(unfinished);
            throw;
        }

        files.Move(unfinished, path);
        files.SyncFolder(Path);
    }

    /// <exception cref="InvalidDataException">It is damaged, or does not fit the segment: the reason, as a clause.</exception>
    public IndexSnapshot ReadSnapshot(IStorageFiles files, SegmentHeader segment, IStorageFile log)
    {
        using var file = files.Open(SnapshotFile, FileMode.Open, FileAccess.Read);
        var bytes = new byte[file.Length];
        var snapshot = SnapshotFormat.Read(bytes.AsSpan(0, file.Read(bytes, 0)), Hash);
        if (snapshot.Segment != segment.Number || snapshot.Salt != segment.Salt)
            throw new InvalidDataException("it is of another segment");
        if (snapshot.SegmentEnd > log.Length)
            throw new InvalidDataException($"it tells of {snapshot.SegmentEnd} bytes of a segment of {log.Length}");
        if (snapshot.LastFrame > 0 && !SegmentScan.IsFrame(log, segment, snapshot.LastFrame, snapshot.SegmentEnd))
            throw new InvalidDataException($"it tells of a frame at offset {snapshot.LastFrame} where none is");
        return snapshot;
    }

    public void WriteName(IStorageFiles files, StoreId id) =>
        Publish(files, NameFile, file => file.Write(Encoding.UTF8.GetBytes(id + "\n"), 0));

    /// <summary>Deletes its files, but for the lock that the caller holds: an empty folder with a lock is a store that was never opened.</summary>
    public void Empty(IStorageFiles files)
    {
        files.Delete(NameFile);
        files.SyncFolder(Path);
        foreach (var name in files.Names(Path))
        {
            if (In(name) != LockFile)
                files.Delete(In(name));
        }

        files.SyncFolder(Path);
    }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    private static long? SegmentNumber(string name)
    {
        var isNumber = long.TryParse(
            name.AsSpan(Math.Min(SegmentPrefix.Length, name.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber && name.StartsWith(SegmentPrefix, StringComparison.Ordinal) ? number : null;
    }
}
