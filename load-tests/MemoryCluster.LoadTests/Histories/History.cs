namespace MemoryCluster.LoadTests.Histories;

/// <summary>What the clients of a run saw.</summary>
internal sealed record History
{
    public required IReadOnlyList<Operation> Operations { get; init; }

    public required IReadOnlyList<Look> Looks { get; init; }

    /// <summary>What found no place any more: with it nothing is proven.</summary>
    public long NotRecorded { get; init; }
}
