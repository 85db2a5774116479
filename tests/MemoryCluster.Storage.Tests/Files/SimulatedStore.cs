using MemoryCluster.Shards;
using MemoryCluster.Storage.Files;
using MemoryCluster.Storage.Files.Disk;
using MemoryCluster.Storage.Files.Format;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>One store on a simulated disk, and its log's frames as a reader of its own sees them.</summary>
internal static class SimulatedStore
{
    public static readonly StoreId Id = new(new TenantId("acme"), "shard/blue/0");

    private static readonly StoreFolder Folder = StoreFolder.Of("/stores", Id);

    public static string Snapshot => Folder.SnapshotFile;

    public static FileShardStores Stores(IStorageFiles files, long compactionBytesMin = long.MaxValue, long snapshotBytesMin = long.MaxValue)
    {
        var options = new FileStoreOptions
        {
            Root = "/stores",
            CompactionBytesMin = compactionBytesMin,
            SnapshotBytesMin = snapshotBytesMin,
            IoThreads = 1,
        };
        return new FileShardStores(options, TimeProvider.System, NullLogger.Instance, files);
    }

    public static SimulatedFile Log(SimulatedFiles files) => files[Folder.SegmentFile(Folder.Segments(files)[^1])];

    /// <summary>The whole frames: where each begins, where its body ends, and the sequence number behind it.</summary>
    public static List<(int Start, int End, long Seq)> Frames(SimulatedFiles files)
    {
        var bytes = Log(files).Bytes;
        var salt = SegmentHeader.Read(bytes).Salt;
        var frames = new List<(int, int, long)>();
        var at = SegmentHeader.Bytes;
        while (FrameHeader.TryRead(bytes.AsSpan(Math.Min(at, bytes.Length)), salt, out var header))
        {
            frames.Add((at, at + FrameHeader.Bytes + header.BodyLength, header.LastSeq));
            at += header.Stride;
        }

        return frames;
    }
}
