namespace MemoryCluster.Contract;

/// <summary>A page of decisions, newest first.</summary>
public sealed record DecisionListResponse
{
    public required IReadOnlyList<DecisionBody> Items { get; init; }

    /// <summary>Give it as <c>cursor</c> for the next page; absent on the last.</summary>
    public string? NextCursor { get; init; }
}
