namespace MemoryCluster.Contract;

/// <summary>Body of <c>POST /api/v1/runs</c>: a run, with enough of it to replay it without its environment.</summary>
public sealed record RunRequest
{
    /// <summary>The team; may be left out with a key that is bound to one.</summary>
    public string? Team { get; init; }

    /// <summary>The agent that was given the task; may be left out with a key that is bound to one.</summary>
    public string? Agent { get; init; }

    /// <summary>The user on whose behalf it ran.</summary>
    public string? User { get; init; }

    /// <summary>What was asked for, 1 to 8,192 bytes; runs of one task share it word for word.</summary>
    public required string Task { get; init; }

    /// <summary>What the agent was given to begin with, at most 32,768 bytes.</summary>
    public required string Input { get; init; }

    /// <summary>1 to 128 characters.</summary>
    public string? Domain { get; init; }

    /// <summary>At most 32.</summary>
    public IReadOnlyList<long>? Seeds { get; init; }

    /// <summary>1 to 128 characters.</summary>
    public string? ConfigHash { get; init; }

    /// <summary>1 to 128 characters.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>1 to 256.</summary>
    public required IReadOnlyList<RunStepBody> Steps { get; init; }

    public required RunOutcomeBody Outcome { get; init; }

    public RunEvaluationBody? Evaluation { get; init; }
}
