using MemoryCluster.Storage.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>Stores on the real disk.</summary>
internal static class DiskStores
{
    public static FileShardStores At(string root, long compactionBytesMin = 1 << 20, long snapshotBytesMin = 1 << 20)
    {
        var options = new FileStoreOptions { Root = root, CompactionBytesMin = compactionBytesMin, SnapshotBytesMin = snapshotBytesMin };
        return new FileShardStores(options, TimeProvider.System, NullLogger<FileShardStores>.Instance);
    }
}
