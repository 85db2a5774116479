namespace MemoryCluster;

/// <summary>How one memory hangs together with another.</summary>
public enum LineageRelation
{
    Unspecified = 0,

    /// <summary>It was made of the other: an insight of what it sums up.</summary>
    DerivedFrom = 1,

    /// <summary>It is the general form of the other, which another team learned.</summary>
    CopyOf = 2,

    /// <summary>The other was merged into it.</summary>
    Merged = 3,

    /// <summary>It supersedes the other.</summary>
    Supersedes = 4,

    /// <summary>The other was made of it.</summary>
    Derived = 5,

    /// <summary>The other is its general form in another team.</summary>
    Copy = 6,

    /// <summary>The other stands for it.</summary>
    MergedInto = 7,

    /// <summary>The other supersedes it.</summary>
    SupersededBy = 8,
}
