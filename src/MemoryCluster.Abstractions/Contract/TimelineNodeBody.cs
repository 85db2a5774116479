namespace MemoryCluster.Contract;

/// <summary>A stretch of a timeline: a memory, or several that stand together in time.</summary>
public sealed record TimelineNodeBody
{
    /// <summary>At level 0 the memory's id; above it, give it as <c>node</c> to open it.</summary>
    public required string Id { get; init; }

    /// <summary>How far above the memories, which are level 0.</summary>
    public required int Level { get; init; }

    /// <summary>When the first of its memories happened: when it occurred, else since when it is true, else when it was written.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When the last of them did.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>How many memories are under it.</summary>
    public required int Memories { get; init; }

    /// <summary>What they say, in at most 1,200 characters; absent while it is being made.</summary>
    public string? Summary { get; init; }

    /// <summary>Above level 0, whether the summary's sentences are those of its memories or a model's.</summary>
    public SummaryOriginBody? SummaryOrigin { get; init; }

    /// <summary>The nodes below it, in the order of time; memories where this is level 1.</summary>
    public required IReadOnlyList<string> Children { get; init; }
}
