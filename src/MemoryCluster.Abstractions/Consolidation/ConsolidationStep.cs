namespace MemoryCluster;

/// <summary>One thing that a consolidation did, durable before it is told.</summary>
[GenerateSerializer, Immutable, Alias("mc.ConsolidationStep")]
public sealed record ConsolidationStep
{
    /// <summary>By which it is undone.</summary>
    [Id(0)]
    public required ConsolidationId Id { get; init; }

    [Id(1)]
    public required ConsolidationReason Reason { get; init; }

    /// <summary>The memory that now stands for the others, or supersedes them.</summary>
    [Id(2)]
    public required MemoryId By { get; init; }

    /// <summary>The memories that it now stands for, or that it supersedes.</summary>
    [Id(3)]
    public ImmutableArray<MemoryId> Memories { get; init; } = [];

    /// <summary>The lowest cosine between it and one of them.</summary>
    [Id(4)]
    public double Similarity { get; init; }
}
