namespace MemoryCluster.Shards.Splitting;

/// <summary>What is handed over at a time, to each of the two.</summary>
internal sealed record SplitPart(
    ImmutableArray<TransferredRecord> Lower, ImmutableArray<TransferredRecord> Upper, ImmutableArray<TransferredOperation> Operations);
