namespace MemoryCluster;

/// <summary>A part of a team's memories: what one shard grain owns.</summary>
[GenerateSerializer, Immutable, Alias("mc.ShardId")]
public readonly record struct ShardId(
    [property: Id(0)] TenantId Tenant,
    [property: Id(1)] TeamId Team,
    [property: Id(2)] int Partition)
{
    /// <summary>The key of the shard's grain: <c>tenant/team/partition</c>.</summary>
    public override string ToString() => GrainKey.Of(this);
}
