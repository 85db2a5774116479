namespace MemoryCluster.Contract;

/// <summary>A run with its decisions and its replays.</summary>
public sealed record RunResponse
{
    public required string RunId { get; init; }

    public required string Team { get; init; }

    public required string Agent { get; init; }

    public string? User { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Task { get; init; }

    public required string Input { get; init; }

    public string? Domain { get; init; }

    public required IReadOnlyList<long> Seeds { get; init; }

    public string? ConfigHash { get; init; }

    public string? ModelVersion { get; init; }

    /// <summary>Over task, input, domain, configuration, model and seeds: 32 hexadecimal digits.</summary>
    public required string ContextHash { get; init; }

    /// <summary>Over the steps' outputs and the answer: 32 hexadecimal digits.</summary>
    public required string OutputHash { get; init; }

    public required IReadOnlyList<RunStepBody> Steps { get; init; }

    public required RunOutcomeBody Outcome { get; init; }

    public RunEvaluationBody? Evaluation { get; init; }

    public required IReadOnlyList<RunDecisionBody> Decisions { get; init; }

    /// <summary>Replays of what this run taught.</summary>
    public required IReadOnlyList<ReplayBody> Replays { get; init; }

    /// <summary>Those that did not come about; absent where there are none.</summary>
    public IReadOnlyList<ReplayFailureBody>? ReplaysFailed { get; init; }
}
