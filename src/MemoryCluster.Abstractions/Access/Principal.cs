namespace MemoryCluster;

/// <summary>Who is calling: what a key proves, never what a body claims.</summary>
[GenerateSerializer, Immutable, Alias("mc.Principal")]
public sealed record Principal
{
    [Id(0)]
    public required TenantId Tenant { get; init; }

    [Id(1)]
    public required KeyId Key { get; init; }

    [Id(2)]
    public required KeyScopes Scopes { get; init; }

    [Id(3)]
    public TeamId? Team { get; init; }

    [Id(4)]
    public AgentId? Agent { get; init; }

    [Id(5)]
    public UserId? User { get; init; }

    [Id(6)]
    public DateTimeOffset? ExpiresAt { get; init; }
}
