namespace MemoryCluster.Contract;

/// <summary>A registered replayer, without its secret.</summary>
public sealed record ReplayerResponse
{
    public required string Name { get; init; }

    public required string Url { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }
}
