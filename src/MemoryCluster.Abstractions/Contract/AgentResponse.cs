namespace MemoryCluster.Contract;

/// <summary>An agent in a team.</summary>
public sealed record AgentResponse
{
    public required string Id { get; init; }

    public string? Role { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
