namespace MemoryCluster.Contract;

/// <summary>Body of <c>PUT /api/v1/teams/{team}</c>.</summary>
public sealed record PutTeamRequest
{
    /// <summary>What the team works on; 1 to 128 characters.</summary>
    public required string Domain { get; init; }

    /// <summary>At most 1,024 characters.</summary>
    public string? Description { get; init; }
}
