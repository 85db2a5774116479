namespace MemoryCluster.Shards.Snapshots;

/// <summary>A memory in a snapshot of the indexes.</summary>
/// <param name="Id">The memory.</param>
/// <param name="Ordinal">Its ordinal in every index.</param>
/// <param name="Text">A hash of the text that was indexed.</param>
internal readonly record struct IndexedMemory(MemoryId Id, int Ordinal, Guid Text);
