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

    /// <summary>The shards that its memories lie in, in the order of their ranges; at least one, and the first begins at 0.</summary>
    [Id(11)]
    public ImmutableArray<PartitionRange> Ranges { get; init; } = [default];

    /// <summary>The split that is under way, if any: a team has one at a time.</summary>
    [Id(8)]
    public PartitionSplit? Split { get; init; }

    /// <summary>Shards that are no more, whose stores are still to be destroyed.</summary>
    [Id(9)]
    public ImmutableArray<int> Retired { get; init; } = [];

    /// <summary>The number that the next new shard gets.</summary>
    [Id(10)]
    public int NextPartition { get; init; } = 1;

    /// <summary>Whether it ever held a shared memory: other teams' recalls ask only such teams.</summary>
    [Id(6)]
    public bool Sharing { get; init; }

    [Id(7)]
    public ImmutableDictionary<AgentId, AgentRecord> Agents { get; init; } = ImmutableDictionary<AgentId, AgentRecord>.Empty;

    /// <summary>Whether a shard serves the team now.</summary>
    public bool Serves(int partition) => Ranges.Any(range => range.Partition == partition);

    /// <summary>The shard that has a placement.</summary>
    public int PartitionOf(uint placement)
    {
        var found = Ranges[0].Partition;
        foreach (var range in Ranges)
        {
            if (range.From > placement)
            {
                break;
            }

            found = range.Partition;
        }

        return found;
    }
}
