namespace MemoryCluster;

/// <summary>A team as its tenant's directory knows it.</summary>
[GenerateSerializer, Immutable, Alias("mc.TeamRecord")]
public sealed record TeamRecord
{
    [Id(0)]
    public required TeamId Id { get; init; }

    /// <summary>Given once, from 1; it stands in the ids of the team's memories.</summary>
    [Id(1)]
    public required uint Number { get; init; }

    [Id(2)]
    public required string Domain { get; init; }

    [Id(3)]
    public string? Description { get; init; }

    [Id(4)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>In how many shards its memories lie.</summary>
    [Id(5)]
    public int Partitions { get; init; } = 1;

    /// <summary>Whether it ever held a shared memory: other teams' recalls ask only such teams.</summary>
    [Id(6)]
    public bool Sharing { get; init; }

    [Id(7)]
    public ImmutableDictionary<AgentId, AgentRecord> Agents { get; init; } = ImmutableDictionary<AgentId, AgentRecord>.Empty;
}
