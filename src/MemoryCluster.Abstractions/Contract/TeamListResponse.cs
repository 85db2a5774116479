namespace MemoryCluster.Contract;

/// <summary>The teams that a key may see, by id.</summary>
public sealed record TeamListResponse
{
    public required IReadOnlyList<TeamResponse> Teams { get; init; }
}
