namespace MemoryCluster;

/// <summary>An API key to be made.</summary>
[GenerateSerializer, Immutable, Alias("mc.KeySpec")]
public sealed record KeySpec
{
    [Id(0)]
    public required string Name { get; init; }

    [Id(1)]
    public required KeyScopes Scopes { get; init; }

    /// <summary>The team it is bound to, if any: what a key is bound to wins over what a request claims.</summary>
    [Id(2)]
    public TeamId? Team { get; init; }

    [Id(3)]
    public AgentId? Agent { get; init; }

    [Id(4)]
    public UserId? User { get; init; }

    [Id(5)]
    public DateTimeOffset? ExpiresAt { get; init; }
}
