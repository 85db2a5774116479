namespace MemoryCluster.Contract;

/// <summary>One memory that another came from, or that came of it.</summary>
public sealed record LineageBody
{
    /// <summary>How the two hang together.</summary>
    public required LineageRelation Relation { get; init; }

    public required string Id { get; init; }

    public required string Team { get; init; }

    public required MemoryKind Kind { get; init; }

    public required MemoryState State { get; init; }

    public required string Text { get; init; }

    /// <summary>The run that taught it, or in which it was written.</summary>
    public string? Run { get; init; }
}
