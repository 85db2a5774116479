namespace MemoryCluster;

/// <summary>A consolidation that was made, and whether it still is in force. What a deletion or a change of a memory took out of it is not told.</summary>
[GenerateSerializer, Immutable, Alias("mc.ConsolidationEntry")]
public sealed record ConsolidationEntry
{
    /// <summary>What it did.</summary>
    [Id(0)]
    public required ConsolidationStep Step { get; init; }

    /// <summary>When.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>When it ended; null while it is in force.</summary>
    [Id(2)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended; null while it is in force.</summary>
    [Id(3)]
    public ConsolidationEnd? End { get; init; }

    /// <summary>Where it stands among others: by time, ties by its id.</summary>
    public ConsolidationPlace Place => ConsolidationPlace.Of(At, Step.Id);
}
