namespace MemoryCluster.Shards;

/// <summary>The key of a stored record: 128 bits, a memory's id or a hash.</summary>
public readonly record struct RecordKey(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}
