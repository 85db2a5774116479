namespace MemoryCluster.Contract;

/// <summary>The replayers that are registered, by name.</summary>
public sealed record ReplayerListResponse
{
    public required IReadOnlyList<ReplayerResponse> Replayers { get; init; }
}
