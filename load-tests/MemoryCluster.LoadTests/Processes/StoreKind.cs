namespace MemoryCluster.LoadTests.Processes;

/// <summary>Where the host under test keeps its shards.</summary>
internal enum StoreKind
{
    File,
    Redis,
}
