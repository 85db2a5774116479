namespace MemoryCluster;

/// <summary>How consolidation has moved a memory, with all that is needed to move it back.</summary>
[GenerateSerializer, Immutable, Alias("mc.ConsolidationMark")]
public sealed record ConsolidationMark
{
    /// <summary>The consolidation that did it.</summary>
    [Id(0)]
    public required ConsolidationId Id { get; init; }

    [Id(1)]
    public required ConsolidationReason Reason { get; init; }

    /// <summary>The memory that stands for this one, or that supersedes it.</summary>
    [Id(2)]
    public required MemoryId By { get; init; }

    [Id(3)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Cosine between the two, 0 where a vector is missing.</summary>
    [Id(4)]
    public double Similarity { get; init; }

    /// <summary>The state before.</summary>
    [Id(5)]
    public required MemoryState WasState { get; init; }

    /// <summary>Until when it was said to be true before.</summary>
    [Id(6)]
    public DateTimeOffset? WasValidTo { get; init; }
}
