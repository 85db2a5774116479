using MemoryCluster.Admission;

namespace MemoryCluster.Shards;

/// <summary>A memory in its shard: the record, its place in the indexes, and its label.</summary>
internal sealed class ShardEntry(MemoryRecord record, int ordinal, int label, DuplicateKeys keys, int bytes)
{
    public MemoryRecord Record { get; set; } = record;

    public int Ordinal { get; } = ordinal;

    /// <summary>Equal for memories that everybody either may or may not see together.</summary>
    public int Label { get; } = label;

    public DuplicateKeys Keys { get; } = keys;

    /// <summary>Whether its counters have a record of their own in the store, which ends with the memory.</summary>
    public bool HasCounters { get; set; }

    /// <summary>About what it takes.</summary>
    public int Bytes { get; } = bytes;
}
