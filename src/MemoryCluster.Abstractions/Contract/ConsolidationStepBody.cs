namespace MemoryCluster.Contract;

/// <summary>One thing that a consolidation did.</summary>
public sealed record ConsolidationStepBody
{
    /// <summary>By which it is undone.</summary>
    public required string Id { get; init; }

    /// <summary>Why, as a stable word.</summary>
    public required ConsolidationReason Reason { get; init; }

    /// <summary>The memory that now stands for the others, or supersedes them.</summary>
    public required string By { get; init; }

    /// <summary>The memories that it now stands for, or that it supersedes.</summary>
    public required IReadOnlyList<string> Memories { get; init; }

    /// <summary>The lowest cosine between it and one of them.</summary>
    public required double Similarity { get; init; }
}
