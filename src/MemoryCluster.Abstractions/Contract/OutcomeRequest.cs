namespace MemoryCluster.Contract;

/// <summary>Body of <c>POST /api/v1/recalls/{recallId}/outcome</c>.</summary>
public sealed record OutcomeRequest
{
    /// <summary>0 to 1.</summary>
    public required double Reward { get; init; }

    /// <summary>Ids of the hits that were used, at most 200; default all of them.</summary>
    public IReadOnlyList<string>? Used { get; init; }

    /// <summary>Tokens that the task took, from 0.</summary>
    public long? Tokens { get; init; }

    /// <summary>How long the task took, from 0.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>The stage of its work at which the agent used them, at most 64 characters; default the stage at which it asked.</summary>
    public string? Stage { get; init; }

    /// <summary>The run that the recall served, as <c>POST /api/v1/runs</c> named it: shares of several memories are then measured by replay of it.</summary>
    public string? Run { get; init; }
}
