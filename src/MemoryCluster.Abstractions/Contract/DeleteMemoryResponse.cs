namespace MemoryCluster.Contract;

/// <summary>What a deletion took away.</summary>
public sealed record DeleteMemoryResponse
{
    /// <summary>Every memory that is gone, derived ones included.</summary>
    public required IReadOnlyList<string> Deleted { get; init; }

    public required ReceiptBody Receipt { get; init; }
}
