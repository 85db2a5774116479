namespace MemoryCluster.Shards;

/// <summary>What a shard must be told to open.</summary>
public sealed record ShardEngineOptions
{
    public required ShardId Shard { get; init; }

    /// <summary>The team's number, which stands in the ids made here.</summary>
    public required uint TeamNumber { get; init; }

    /// <summary>The model that vectors are made by, and moved to where another made them.</summary>
    public required EmbedderModel Model { get; init; }

    public TeamPolicy Policy { get; init; } = new();
}
