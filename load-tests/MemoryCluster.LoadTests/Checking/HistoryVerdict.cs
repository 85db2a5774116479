namespace MemoryCluster.LoadTests.Checking;

/// <summary>What all checkers say of a history.</summary>
internal sealed record HistoryVerdict
{
    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>What could not be decided, in sentences; with any of them nothing is proven.</summary>
    public required IReadOnlyList<string> Undecided { get; init; }

    /// <summary>Memories of which an order of all operations was found.</summary>
    public required int KeysLinearizable { get; init; }

    public required int Keys { get; init; }

    public required int Operations { get; init; }

    /// <summary>Memories on pages, each held against what everybody knew.</summary>
    public required int Sightings { get; init; }

    public bool Holds => Violations.Count == 0 && Undecided.Count == 0;
}
