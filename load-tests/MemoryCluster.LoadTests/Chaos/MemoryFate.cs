namespace MemoryCluster.LoadTests.Chaos;

/// <summary>What was acknowledged about a memory.</summary>
internal enum MemoryFate
{
    /// <summary>Nothing: it may be there once or not at all.</summary>
    Unknown = 0,

    /// <summary>It is written: exactly one must be there.</summary>
    Live,

    /// <summary>It is deleted: none may be there, ever.</summary>
    Deleted,
}
