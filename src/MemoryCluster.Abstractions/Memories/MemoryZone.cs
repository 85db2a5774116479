namespace MemoryCluster;

/// <summary>How far a memory has faded.</summary>
public enum MemoryZone
{
    Unspecified = 0,

    /// <summary>Fresh, or held fast by use.</summary>
    Active = 1,

    Warm = 2,

    Cold = 3,

    /// <summary>Faded so far that the next look archives it, or archived.</summary>
    Archived = 4,
}
