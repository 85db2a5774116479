namespace MemoryCluster;

/// <summary>A stretch of a timeline that its reader may see the whole of: a memory, or several that stand together in time.</summary>
[GenerateSerializer, Immutable, Alias("mc.TimelineNode")]
public sealed record TimelineNode
{
    /// <summary>The memory's id at level 0; above it, one that stays as long as the node begins with the same memory.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>How far above the memories, which are level 0.</summary>
    [Id(1)]
    public required int Level { get; init; }

    /// <summary>When the first of its memories happened.</summary>
    [Id(2)]
    public required DateTimeOffset From { get; init; }

    /// <summary>When the last of them did.</summary>
    [Id(3)]
    public required DateTimeOffset To { get; init; }

    /// <summary>The memories under it.</summary>
    [Id(4)]
    public required int Memories { get; init; }

    /// <summary>What they say, shorter; null while it is being made.</summary>
    [Id(5)]
    public string? Summary { get; init; }

    /// <summary>The nodes below, in the order of time: memories where this is level 1.</summary>
    [Id(6)]
    public ImmutableArray<Guid> Children { get; init; } = [];

    /// <summary>Which model worded the summary; null where its sentences are those of its memories.</summary>
    [Id(7)]
    public WrittenMark? Written { get; init; }
}
