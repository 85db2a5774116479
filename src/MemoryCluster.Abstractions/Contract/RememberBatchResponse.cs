namespace MemoryCluster.Contract;

/// <summary>What became of a batch.</summary>
public sealed record RememberBatchResponse
{
    /// <summary>One per item, in the items' order.</summary>
    public required IReadOnlyList<RememberBatchItem> Results { get; init; }
}
