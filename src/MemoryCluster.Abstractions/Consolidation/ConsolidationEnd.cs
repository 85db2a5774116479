namespace MemoryCluster;

/// <summary>Why a consolidation is no longer in force.</summary>
public enum ConsolidationEnd
{
    Unspecified = 0,

    /// <summary>Somebody undid it.</summary>
    Undone = 1,

    /// <summary>Its insight misled, as outcomes showed.</summary>
    Dispelled = 2,
}
