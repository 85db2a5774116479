namespace MemoryCluster;

/// <summary>What a shard that is being split hands to one of the two that take over, in numbered parts.</summary>
[GenerateSerializer, Immutable, Alias("mc.PartitionTransfer")]
public sealed record PartitionTransfer
{
    /// <summary>The epoch of the sender, as it stands in the split.</summary>
    [Id(0)]
    public required long Epoch { get; init; }

    /// <summary>The owner of the receiver that took the first part, and takes all others: 0 for the first part.</summary>
    [Id(1)]
    public long Receiver { get; init; }

    /// <summary>From 0, without gaps: a part that comes twice, or late, changes nothing.</summary>
    [Id(2)]
    public required int Number { get; init; }

    /// <summary>Where the receiver's sequence begins, so that it goes on above the sender's.</summary>
    [Id(3)]
    public required long FirstSeq { get; init; }

    /// <summary>Records as they are stored, and what was deleted since an earlier part.</summary>
    [Id(4)]
    public ImmutableArray<TransferredRecord> Records { get; init; } = [];

    /// <summary>Idempotent requests that were answered, by the store's own form.</summary>
    [Id(5)]
    public ImmutableArray<TransferredOperation> Operations { get; init; } = [];

    /// <summary>Recalls that wait for their outcome.</summary>
    [Id(6)]
    public ImmutableArray<RecallNote> Notes { get; init; } = [];
}
