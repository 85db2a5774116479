namespace MemoryCluster.Contract;

/// <summary>Body of <c>PUT /api/v1/teams/{team}/agents/{agent}</c>; may be left out.</summary>
public sealed record PutAgentRequest
{
    /// <summary>What the agent does in the team; at most 128 characters.</summary>
    public string? Role { get; init; }
}
