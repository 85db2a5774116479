namespace MemoryCluster.Contract;

/// <summary>A consolidation that was made.</summary>
public sealed record ConsolidationEntryBody
{
    /// <summary>By which it is undone, while it is in force.</summary>
    public required string Id { get; init; }

    /// <summary>Why it was made, as a stable word.</summary>
    public required ConsolidationReason Reason { get; init; }

    /// <summary>The memory that stands for the others, or supersedes them.</summary>
    public required string By { get; init; }

    /// <summary>The memories that it stands for, or that it supersedes.</summary>
    public required IReadOnlyList<string> Memories { get; init; }

    /// <summary>The lowest cosine between it and one of them.</summary>
    public required double Similarity { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it ended; absent while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended; absent while it is in force.</summary>
    public ConsolidationEnd? End { get; init; }
}
