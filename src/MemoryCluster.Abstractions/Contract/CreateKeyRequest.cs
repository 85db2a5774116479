namespace MemoryCluster.Contract;

/// <summary>Body of <c>POST /api/v1/keys</c>.</summary>
public sealed record CreateKeyRequest
{
    /// <summary>What people call it; 1 to 128 characters.</summary>
    public required string Name { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<KeyScopes> Scopes { get; init; }

    /// <summary>The team it may speak for; any where left out.</summary>
    public string? Team { get; init; }

    /// <summary>The agent it may speak for; any where left out.</summary>
    public string? Agent { get; init; }

    /// <summary>The user it may speak for; any where left out.</summary>
    public string? User { get; init; }

    /// <summary>When it ends; at most 10 years ahead, never where left out.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
