namespace MemoryCluster.Contract;

/// <summary>A page of consolidations, newest first.</summary>
public sealed record ConsolidationListResponse
{
    public required IReadOnlyList<ConsolidationEntryBody> Items { get; init; }

    /// <summary>Give it as <c>cursor</c> for the next page; absent on the last.</summary>
    public string? NextCursor { get; init; }
}
