namespace MemoryCluster.Contract;

/// <summary>How consolidation has moved a memory.</summary>
public sealed record ConsolidationMarkBody
{
    /// <summary>By which it is undone.</summary>
    public required string Id { get; init; }

    /// <summary>Why, as a stable word.</summary>
    public required ConsolidationReason Reason { get; init; }

    /// <summary>The memory that stands for it or supersedes it.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Cosine between the two.</summary>
    public required double Similarity { get; init; }
}
