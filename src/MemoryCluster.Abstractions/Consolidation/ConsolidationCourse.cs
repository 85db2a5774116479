namespace MemoryCluster;

/// <summary>What the next consolidation does with a memory that has not changed since the last.</summary>
public enum ConsolidationCourse
{
    Unspecified = 0,

    /// <summary>Looks at it again, because what stood for it is gone.</summary>
    Due = 1,

    /// <summary>Leaves it alone, because somebody undid what was made of it; a change of its text ends that.</summary>
    Apart = 2,
}
