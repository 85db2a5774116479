namespace MemoryCluster.Contract;

/// <summary>A team with its counts.</summary>
public sealed record TeamResponse
{
    public required string Id { get; init; }

    public required string Domain { get; init; }

    public string? Description { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required IReadOnlyList<AgentResponse> Agents { get; init; }

    /// <summary>In how many shards its memories lie.</summary>
    public required int Shards { get; init; }

    /// <summary>Sequence number of its latest write.</summary>
    public required long Seq { get; init; }

    /// <summary>Memories it holds, of every state.</summary>
    public required int Memories { get; init; }

    /// <summary>Those of them that wait for evidence.</summary>
    public required int Candidates { get; init; }

    /// <summary>Those of them that are kept for inspection only.</summary>
    public required int Quarantined { get; init; }

    /// <summary>Those of them that others stand for since a consolidation.</summary>
    public int Merged { get; init; }

    /// <summary>Those of them that are found only where archived ones are asked for.</summary>
    public int Archived { get; init; }

    /// <summary>Outcomes counted since its shards were opened.</summary>
    public required long Outcomes { get; init; }

    /// <summary>What its vectors are made by, and how far a change of that has come; absent of a team just made.</summary>
    public EmbeddingBody? Embedding { get; init; }
}
