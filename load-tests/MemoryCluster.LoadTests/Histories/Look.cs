namespace MemoryCluster.LoadTests.Histories;

/// <summary>A page of memories as a client was shown it; one that was refused leaves no trace.</summary>
internal sealed record Look
{
    public required int Process { get; init; }

    public required LookKind Kind { get; init; }

    public required string Team { get; init; }

    public required long InvokedNs { get; init; }

    public required long ReturnedNs { get; init; }

    /// <summary>The memory whose own text was asked for, which must be among the hits if it is there; null where none was.</summary>
    public string? Wanted { get; init; }

    /// <summary>The write that a recall had to know; 0 where it named none.</summary>
    public long MinSeq { get; init; }

    /// <summary>Whether the answer says that something may be missing from it.</summary>
    public bool IsPartial { get; init; }

    public required IReadOnlyList<Sighting> Seen { get; init; }
}
