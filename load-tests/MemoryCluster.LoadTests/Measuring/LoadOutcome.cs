namespace MemoryCluster.LoadTests.Measuring;

/// <summary>How a request ended.</summary>
internal enum LoadOutcome : byte
{
    /// <summary>It was due too long ago when a caller was free at last.</summary>
    Unsent,

    /// <summary>Status 2xx.</summary>
    Succeeded,

    /// <summary>Status 429 or 503 of a server that did nothing and says so.</summary>
    Refused,

    /// <summary>Anything else: another status, an unknown outcome, no answer.</summary>
    Failed,
}
