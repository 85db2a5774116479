namespace MemoryCluster.Contract;

/// <summary>What was decided of a candidate.</summary>
public sealed record RememberResponse
{
    /// <summary>The stored memory; after a merge the one merged into; after a rejection an id that names nothing.</summary>
    public required string Id { get; init; }

    public required Decision Decision { get; init; }

    /// <summary>Why, as a stable word.</summary>
    public required string Reason { get; init; }

    /// <summary>Version of that memory; 0 after a rejection.</summary>
    public required int Version { get; init; }

    /// <summary>Orders the writes of a team: a recall with it as <c>minSeq</c> sees this write.</summary>
    public required long Seq { get; init; }

    /// <summary>The memory that says the same already, after a merge.</summary>
    public string? MergedInto { get; init; }
}
