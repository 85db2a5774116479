namespace MemoryCluster.Contract;

/// <summary>Whether the process lives, or is ready for requests.</summary>
public sealed record HealthResponse
{
    /// <summary><c>live</c> or <c>ready</c>.</summary>
    public required string Status { get; init; }
}
