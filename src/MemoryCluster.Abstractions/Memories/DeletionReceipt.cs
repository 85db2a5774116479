namespace MemoryCluster;

/// <summary>What a deletion took away; durable before it is given.</summary>
[GenerateSerializer, Immutable, Alias("mc.DeletionReceipt")]
public sealed record DeletionReceipt
{
    /// <summary>Every memory that is gone, derived ones included.</summary>
    [Id(0)]
    public ImmutableArray<MemoryId> Deleted { get; init; } = [];

    /// <summary>How many of them went because they were derived from the others.</summary>
    [Id(1)]
    public int Derived { get; init; }

    /// <summary>The team's sequence number of the deletion.</summary>
    [Id(2)]
    public long Seq { get; init; }

    [Id(3)]
    public DateTimeOffset At { get; init; }
}
