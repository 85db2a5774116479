namespace MemoryCluster.Shards;

/// <summary>A live record as a store holds it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Seq">The mutation that last put it.</param>
/// <param name="Payload">Its bytes.</param>
public readonly record struct StoredRecord(RecordKey Key, long Seq, ReadOnlyMemory<byte> Payload);
