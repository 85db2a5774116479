namespace MemoryCluster.LoadTests.Histories;

/// <summary>How a page of memories was asked for.</summary>
internal enum LookKind
{
    Unspecified = 0,

    /// <summary>By a query: the best hits, and no more.</summary>
    Recall,

    /// <summary>Everything of a team.</summary>
    List,
}
