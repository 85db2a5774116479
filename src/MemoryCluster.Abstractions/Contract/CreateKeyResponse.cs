namespace MemoryCluster.Contract;

/// <summary>A new key.</summary>
public sealed record CreateKeyResponse
{
    /// <summary>Names it, for <c>DELETE /api/v1/keys/{id}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The key itself, shown this once.</summary>
    public required string Key { get; init; }
}
