using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Storage.Files;

/// <summary>Where file stores lie, and when they do what may wait.</summary>
public sealed class FileStoreOptions
{
    /// <summary>The folder that holds one folder per store; made if it is missing. One process uses it at a time.</summary>
    [Required]
    public required string Root { get; set; }

    /// <summary>Threads that wait for the disk, shared by all stores and started as needed. Default 8.</summary>
    [Range(1, 64)]
    public int IoThreads { get; set; } = 8;

    /// <summary>Dead bytes that a log may hold before they can cause a rewrite. Default 1 MiB: below it a rewrite saves nothing.</summary>
    [Range(0, long.MaxValue)]
    public long CompactionBytesMin { get; set; } = 1 << 20;

    /// <summary>Log bytes since the last snapshot that make a new one worth its write. Default 1 MiB: a scan of it takes under 1 ms.</summary>
    [Range(0, long.MaxValue)]
    public long SnapshotBytesMin { get; set; } = 1 << 20;
}
