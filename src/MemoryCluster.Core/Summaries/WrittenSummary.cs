namespace MemoryCluster.Summaries;

/// <summary>What a model wrote of a stretch of a timeline; or that what it wrote of that, or of an insight, was refused.</summary>
internal sealed record WrittenSummary
{
    /// <summary>The node or the insight.</summary>
    public required Guid What { get; init; }

    /// <summary>A hash of which memories it is of, in which versions.</summary>
    public required Guid Content { get; init; }

    /// <summary>Those memories: it goes when one of them goes or changes.</summary>
    public required ImmutableArray<SummarySource> Sources { get; init; }

    /// <summary>Null where it was refused.</summary>
    public string? Text { get; init; }

    /// <summary>Why it was refused; null where it was not.</summary>
    public SummaryRefusal? Refusal { get; init; }

    public required WrittenMark Written { get; init; }
}
