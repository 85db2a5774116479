namespace MemoryCluster.Contract;

/// <summary>Answer to <c>POST /api/v1/runs</c>.</summary>
public sealed record RunAcceptedResponse
{
    public required string RunId { get; init; }

    public required IReadOnlyList<RunDecisionBody> Decisions { get; init; }
}
