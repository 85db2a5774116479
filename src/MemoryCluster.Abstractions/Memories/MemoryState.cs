namespace MemoryCluster;

/// <summary>Where a memory stands in its life. Deletion is not a state: a deleted memory is gone.</summary>
public enum MemoryState
{
    Unspecified = 0,

    /// <summary>Admitted.</summary>
    Active = 1,

    /// <summary>Kept and found, at a lower weight, until evidence admits or drops it.</summary>
    Candidate = 2,

    /// <summary>Kept for inspection, never recalled.</summary>
    Quarantined = 3,

    /// <summary>Faded, or pruned for what use has shown: kept, and found only where it is asked for.</summary>
    Archived = 4,

    /// <summary>Another memory stands for it: kept, and found only by those who may not see that one.</summary>
    Merged = 5,
}
