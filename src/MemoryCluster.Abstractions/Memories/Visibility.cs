namespace MemoryCluster;

/// <summary>How far a memory may travel, before access edges narrow it.</summary>
public enum Visibility
{
    Unspecified = 0,

    /// <summary>Its user only.</summary>
    Private = 1,

    /// <summary>Its team.</summary>
    Team = 2,

    /// <summary>Every team of its tenant.</summary>
    Shared = 3,
}
