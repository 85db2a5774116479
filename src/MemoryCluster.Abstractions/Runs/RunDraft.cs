namespace MemoryCluster;

/// <summary>
/// A run as its agent reports it: enough to replay it without its environment (SEDM's self-contained execution context, arXiv 2509.09498, §3.1).
/// </summary>
[GenerateSerializer, Immutable, Alias("mc.RunDraft")]
public sealed record RunDraft
{
    /// <summary>The agent that was given the task.</summary>
    [Id(0)]
    public required AgentId Agent { get; init; }

    [Id(1)]
    public UserId? User { get; init; }

    /// <summary>What was asked for; runs of one task share it word for word.</summary>
    [Id(2)]
    public required string Task { get; init; }

    /// <summary>What the agent was given to begin with.</summary>
    [Id(3)]
    public required string Input { get; init; }

    [Id(4)]
    public string? Domain { get; init; }

    [Id(5)]
    public ImmutableArray<long> Seeds { get; init; } = [];

    [Id(6)]
    public string? ConfigHash { get; init; }

    [Id(7)]
    public string? ModelVersion { get; init; }

    [Id(8)]
    public required ImmutableArray<RunStep> Steps { get; init; }

    [Id(9)]
    public required RunOutcome Outcome { get; init; }

    [Id(10)]
    public RunEvaluation? Evaluation { get; init; }

    /// <summary>The key that reported it.</summary>
    [Id(11)]
    public required KeyId WrittenBy { get; init; }
}
