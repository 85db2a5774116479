namespace MemoryCluster.Contract;

/// <summary>What a forgetting took away.</summary>
public sealed record ForgetResponse
{
    /// <summary>How many memories are gone, derived ones included.</summary>
    public required int Deleted { get; init; }

    /// <summary>How many of them went because they were derived from the others.</summary>
    public required int Derived { get; init; }

    public required ReceiptBody Receipt { get; init; }
}
