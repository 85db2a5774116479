namespace MemoryCluster.Contract;

/// <summary>Offers of a team, the latest first.</summary>
public sealed record DiffusionListResponse
{
    public required IReadOnlyList<DiffusionBody> Items { get; init; }
}
