namespace MemoryCluster.Contract;

/// <summary>A memory's versions.</summary>
public sealed record MemoryHistoryResponse
{
    public required string Id { get; init; }

    /// <summary>Oldest first; the last is the current one. At most 32 earlier ones are kept.</summary>
    public required IReadOnlyList<MemoryVersionBody> Versions { get; init; }
}
