namespace MemoryCluster.LoadTests.Histories;

/// <summary>What a client asked of one memory.</summary>
internal enum OperationKind
{
    Unspecified = 0,

    /// <summary>It shall be there, at version 1.</summary>
    Create,

    /// <summary>Its text shall be another one, if its version is the one named (If-Match).</summary>
    Patch,

    /// <summary>It shall be gone for ever.</summary>
    Delete,

    /// <summary>What is it, by id?</summary>
    Read,
}
