namespace MemoryCluster;

/// <summary>What became of a candidate.</summary>
public enum Decision
{
    Unspecified = 0,

    /// <summary>Stored as a memory of its own.</summary>
    Admitted = 1,

    /// <summary>Counted as further evidence of a memory that says the same.</summary>
    Merged = 2,

    /// <summary>Stored at a lower weight until evidence decides.</summary>
    Candidate = 3,

    /// <summary>Stored for inspection, never recalled.</summary>
    Quarantined = 4,

    /// <summary>Not stored.</summary>
    Rejected = 5,
}
