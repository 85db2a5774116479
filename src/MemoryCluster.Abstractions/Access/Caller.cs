namespace MemoryCluster;

/// <summary>On whose behalf a memory is read or written: the (team, agent, user) that a request resolved to.</summary>
/// <remarks>
/// A caller with neither team nor agent nor user is the tenant's operator: a key bound to nothing may speak for every agent and user
/// anyway, so a look-up by id that names none of them sees all.
/// </remarks>
[GenerateSerializer, Immutable, Alias("mc.Caller")]
public sealed record Caller
{
    [Id(0)]
    public required TenantId Tenant { get; init; }

    [Id(1)]
    public required KeyId Key { get; init; }

    [Id(2)]
    public TeamId? Team { get; init; }

    [Id(3)]
    public AgentId? Agent { get; init; }

    [Id(4)]
    public UserId? User { get; init; }

    /// <summary>Whether nothing narrows what it may see.</summary>
    public bool IsOperator => Team is null && Agent is null && User is null;
}
