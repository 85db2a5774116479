namespace MemoryCluster;

/// <summary>What was decided of a candidate, and where it now is.</summary>
[GenerateSerializer, Immutable, Alias("mc.RememberResult")]
public sealed record RememberResult
{
    /// <summary>The stored memory; after a merge the one merged into; after a rejection an id that names nothing.</summary>
    [Id(0)]
    public required MemoryId Id { get; init; }

    [Id(1)]
    public required Decision Decision { get; init; }

    /// <summary>Why, as a stable word: <c>novel</c>, <c>exact_duplicate</c>, <c>near_duplicate</c>, <c>same_source_turn</c>, <c>no_content</c>, <c>team_full</c>, <c>run_forgotten</c>; what a run taught, with the controller's own words.</summary>
    [Id(2)]
    public required string Reason { get; init; }

    /// <summary>Version of the memory named by <see cref="Id"/>; 0 after a rejection.</summary>
    [Id(3)]
    public int Version { get; init; }

    /// <summary>The team's sequence number after this decision.</summary>
    [Id(4)]
    public long Seq { get; init; }

    [Id(5)]
    public MemoryId? MergedInto { get; init; }
}
