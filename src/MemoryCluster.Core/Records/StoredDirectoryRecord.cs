namespace MemoryCluster.Records;

/// <summary>One record of a tenant's directory: exactly one member is set.</summary>
internal sealed record StoredDirectoryRecord
{
    public StoredTeam? Team { get; init; }

    public StoredAgent? Agent { get; init; }

    public StoredEdge? Edge { get; init; }

    public KeyRecord? Key { get; init; }

    /// <summary>The one embedder that the tenant has chosen.</summary>
    public EmbedderModel? Embedder { get; init; }

    public ReplayerRecord? Replayer { get; init; }

    internal sealed record StoredTeam(
        TeamId Id, uint Number, string Domain, string? Description, DateTimeOffset CreatedAt, bool Sharing, StoredLayout? Layout = null);

    /// <summary>The shards of a team that was ever split; a team without has the shard 0 alone.</summary>
    internal sealed record StoredLayout(
        ImmutableArray<StoredRange> Ranges, PartitionSplit? Split, ImmutableArray<int> Retired, int NextPartition);

    internal sealed record StoredRange(int Partition, uint From);

    internal sealed record StoredAgent(TeamId Team, AgentId Id, string? Role, DateTimeOffset CreatedAt);

    /// <summary>User to agent where <see cref="User"/> is set, else agent to resource.</summary>
    internal sealed record StoredEdge(UserId? User, AgentId Agent, ResourceId? Resource);
}
