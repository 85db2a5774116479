namespace MemoryCluster.Storage;

/// <summary>Where shards' stores lie.</summary>
public enum StorageKind
{
    Unspecified = 0,

    /// <summary>Append-only files of this process: one machine.</summary>
    File,

    /// <summary>A Redis that every silo reaches.</summary>
    Redis,

    /// <summary>Nowhere: gone with the process. For tests and demonstrations.</summary>
    Memory,
}
