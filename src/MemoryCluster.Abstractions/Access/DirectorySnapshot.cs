namespace MemoryCluster;

/// <summary>A tenant's teams, agents and access edges at one moment; immutable, and newer where <see cref="Version"/> is larger.</summary>
[GenerateSerializer, Immutable, Alias("mc.DirectorySnapshot")]
public sealed record DirectorySnapshot
{
    [Id(0)]
    public required long Version { get; init; }

    [Id(1)]
    public ImmutableDictionary<TeamId, TeamRecord> Teams { get; init; } = ImmutableDictionary<TeamId, TeamRecord>.Empty;

    /// <summary>Team numbers, as they stand in ids, to teams.</summary>
    [Id(2)]
    public ImmutableDictionary<uint, TeamId> TeamsByNumber { get; init; } = ImmutableDictionary<uint, TeamId>.Empty;

    /// <summary>G_UA: which agents a user may call.</summary>
    [Id(3)]
    public ImmutableDictionary<UserId, ImmutableHashSet<AgentId>> Callable { get; init; } =
        ImmutableDictionary<UserId, ImmutableHashSet<AgentId>>.Empty;

    /// <summary>G_AR: which resources an agent may use.</summary>
    [Id(4)]
    public ImmutableDictionary<AgentId, ImmutableHashSet<ResourceId>> Usable { get; init; } =
        ImmutableDictionary<AgentId, ImmutableHashSet<ResourceId>>.Empty;

    /// <summary>The model that the tenant has chosen for its vectors; null where it leaves that to the configuration.</summary>
    [Id(5)]
    public EmbedderModel? Embedder { get; init; }

    /// <summary>The replayers that the tenant has registered, by name; their secrets stay with the directory.</summary>
    [Id(6)]
    public ImmutableDictionary<string, ReplayerView> Replayers { get; init; } = ImmutableDictionary<string, ReplayerView>.Empty;
}
