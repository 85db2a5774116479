using System.Text;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Files.Disk;
using MemoryCluster.Storage.Files.Format;

namespace MemoryCluster.Storage.Files;

/// <summary>
/// Reads stores' files and tells what is wrong with them: headers, checksums, sequence, and whether the snapshot agrees with the log.
/// Takes no lock and changes nothing; of a store in use the frame being written may show as torn bytes.
/// </summary>
public sealed class FileStoreVerifier
{
    private readonly IStorageFiles _files;
    private readonly StoreContentCheck? _checkContent;

    /// <param name="checkContent">Also asked of each store whose log is whole; the store itself does not know what its records say.</param>
    public FileStoreVerifier(StoreContentCheck? checkContent = null)
        : this(DiskFiles.Instance, checkContent)
    {
    }

    internal FileStoreVerifier(IStorageFiles files, StoreContentCheck? checkContent = null)
    {
        _files = files;
        _checkContent = checkContent;
    }

    /// <summary>Checks every store under a root, by folder name. It blocks on the disk.</summary>
    public IReadOnlyList<StoreVerification> VerifyAll(string root, CancellationToken cancellationToken)
    {
        var verifications = new List<StoreVerification>();
        foreach (var folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            verifications.Add(Verify(folder));
        }

        return verifications;
    }

    /// <summary>Checks one store's folder.</summary>
    public StoreVerification Verify(string path)
    {
        var found = new StoreVerification { Folder = path, Store = Path.GetFileName(path) };
        try
        {
            return Guid.TryParseExact(found.Store, "N", out var hash)
                ? Verify(new StoreFolder(path, new StoreHash(hash)), found)
                : found with { Problems = ["The folder's name is not that of a store."] };
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return found with { Problems = [$"The files cannot be read ({cause.Message}); was the store in use? Run it again."] };
        }
    }

    private StoreVerification Verify(StoreFolder folder, StoreVerification found)
    {
        var problems = new List<string>();
        found = found with { Store = ReadName(folder) ?? found.Store, Problems = problems };
        var segments = folder.Segments(_files);
        if (segments.Count == 0)
        {
            if (_files.Exists(folder.NameFile))
                problems.Add("The folder once held a log and holds none now.");
            return found;
        }

        using var file = _files.Open(folder.SegmentFile(segments[^1]), FileMode.Open, FileAccess.Read);
        try
        {
            if (Scan(folder, file, segments[^1], problems) is not { } scan)
                return found;
            problems.AddRange(_checkContent?.Invoke(found.Store, ReadRecords(file, scan.Index), scan.Index.Seq) ?? []);
            return Counted(found, scan, segments.Count);
        }
        catch (CorruptSegmentException cause)
        {
            problems.Add($"log-{segments[^1]}: {cause.Message}.");
            return found with { Segments = segments.Count };
        }
    }

    private static IEnumerable<StoredRecord> ReadRecords(IStorageFile file, StoreIndex index)
    {
        foreach (var (key, slot) in index.Records.OrderBy(slot => slot.Value.Payload.Offset))
        {
            var payload = new byte[slot.Payload.Length];
            file.Read(payload, slot.Payload.Offset);
            yield return new StoredRecord(key, slot.Seq, payload);
        }
    }

    private static StoreVerification Counted(StoreVerification found, SegmentScan scan, int segments) => found with
    {
        Segments = segments,
        Frames = scan.Frames,
        Records = scan.Index.Records.Count,
        Tombstones = scan.Index.Erased.Count,
        Operations = scan.Index.Operations.Count,
        Seq = scan.Index.Seq,
        TornBytes = scan.TornBytes,
    };

    private SegmentScan? Scan(StoreFolder folder, IStorageFile file, long segment, List<string> problems)
    {
        var scan = new SegmentScan(file);
        if (scan.Header.Store != folder.Hash || scan.Header.Number != segment)
        {
            problems.Add($"log-{segment}: by its header it is segment {scan.Header.Number} of store {scan.Header.Store}.");
            return null;
        }

        if (_files.Exists(folder.SnapshotFile))
            CompareSnapshot(folder, file, scan, problems);
        scan.Run();
        return scan;
    }

    private void CompareSnapshot(StoreFolder folder, IStorageFile file, SegmentScan scan, List<string> problems)
    {
        IndexSnapshot snapshot;
        try
        {
            snapshot = folder.ReadSnapshot(_files, scan.Header, file);
        }
        catch (InvalidDataException cause)
        {
            problems.Add($"snapshot: {cause.Message}; it is derived and the next opening does without it.");
            return;
        }

        scan.Run(snapshot.SegmentEnd);
        if (!snapshot.Index.Agrees(scan.Index))
            problems.Add($"snapshot: it differs from the log as of offset {snapshot.SegmentEnd}; delete it, it is derived.");
    }

    private string? ReadName(StoreFolder folder)
    {
        if (!_files.Exists(folder.NameFile))
            return null;
        using var file = _files.Open(folder.NameFile, FileMode.Open, FileAccess.Read);
        var bytes = new byte[file.Length];
        return Encoding.UTF8.GetString(bytes.AsSpan(0, file.Read(bytes, 0))).TrimEnd('\n');
    }
}
