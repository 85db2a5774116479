namespace MemoryCluster.Contract;

/// <summary>Where the words of a summary come from.</summary>
public sealed record SummaryOriginBody
{
    /// <summary>Extracted from its sources, or written by a language model.</summary>
    public required SummaryOrigin Origin { get; init; }

    /// <summary>The model that wrote it.</summary>
    public string? Model { get; init; }

    /// <summary>When it did.</summary>
    public DateTimeOffset? At { get; init; }
}
