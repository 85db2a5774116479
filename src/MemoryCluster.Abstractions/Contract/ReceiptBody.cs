namespace MemoryCluster.Contract;

/// <summary>That a deletion is durable.</summary>
public sealed record ReceiptBody
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The team's sequence number of the deletion, where one team was concerned.</summary>
    public long? Seq { get; init; }

    /// <summary>Sequence numbers by team, where the deletion ran over all of them.</summary>
    public IReadOnlyDictionary<string, long>? Teams { get; init; }
}
