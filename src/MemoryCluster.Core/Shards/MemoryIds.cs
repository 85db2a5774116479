namespace MemoryCluster.Shards;

/// <summary>Makes the ids of one team's memories from an injected clock and source of chance.</summary>
internal sealed class MemoryIds(uint teamNumber, Random random)
{
    public MemoryId Next(DateTimeOffset at) => MemoryId.New(at, (ulong)random.NextInt64(), teamNumber);
}
