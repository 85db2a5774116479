namespace MemoryCluster.LoadTests.Histories;

/// <summary>What a client learned of its operation.</summary>
internal enum OperationOutcome
{
    Unspecified = 0,

    /// <summary>It took effect, once, between its ends.</summary>
    Ok,

    /// <summary>It took none, and at some moment between its ends the memory was not there.</summary>
    Absent,

    /// <summary>It took none, and at some moment between its ends the memory was at another version than it named.</summary>
    Stale,

    /// <summary>It took none; nothing follows for the memory.</summary>
    Fail,

    /// <summary>It may have taken effect, may yet take it at any later time, or never.</summary>
    Unknown,
}
