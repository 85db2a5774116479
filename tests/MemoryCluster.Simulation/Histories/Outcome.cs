namespace MemoryCluster.Simulations.Histories;

/// <summary>What a caller learned of its call.</summary>
internal enum Outcome
{
    Unspecified = 0,

    /// <summary>It was answered.</summary>
    Ok,

    /// <summary>It was refused, and by the fault's own words nothing was done.</summary>
    Refused,

    /// <summary>It may have had its effect, or may yet have it.</summary>
    Unknown,

    /// <summary>It ended in a way that the contract does not know; its effect is as unknown.</summary>
    Unexpected,
}
