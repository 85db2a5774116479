namespace MemoryCluster.Contract;

/// <summary>A page of memories.</summary>
public sealed record MemoryListResponse
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<MemoryResponse> Items { get; init; }

    /// <summary>Give it as <c>cursor</c>, with the same filters, for the page after; absent on the last one.</summary>
    public string? NextCursor { get; init; }
}
