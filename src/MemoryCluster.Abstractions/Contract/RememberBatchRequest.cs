namespace MemoryCluster.Contract;

/// <summary>Body of <c>POST /api/v1/memories/batch</c>.</summary>
public sealed record RememberBatchRequest
{
    /// <summary>1 to 1,000.</summary>
    public required IReadOnlyList<RememberRequest> Items { get; init; }
}
