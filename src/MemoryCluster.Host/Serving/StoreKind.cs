namespace MemoryCluster.Host.Serving;

/// <summary>What outlives the process.</summary>
internal enum StoreKind
{
    Unspecified = 0,

    /// <summary>Files in the data folder.</summary>
    File,

    /// <summary>A Redis server.</summary>
    Redis,

    /// <summary>Nothing.</summary>
    Memory,
}
