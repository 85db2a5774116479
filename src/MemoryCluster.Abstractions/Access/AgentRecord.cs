namespace MemoryCluster;

/// <summary>An agent in a team.</summary>
[GenerateSerializer, Immutable, Alias("mc.AgentRecord")]
public sealed record AgentRecord
{
    [Id(0)]
    public required AgentId Id { get; init; }

    [Id(1)]
    public string? Role { get; init; }

    [Id(2)]
    public required DateTimeOffset CreatedAt { get; init; }
}
