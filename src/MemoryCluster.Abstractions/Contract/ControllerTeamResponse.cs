namespace MemoryCluster.Contract;

/// <summary>A team's policy, and what it has decided.</summary>
public sealed record ControllerTeamResponse
{
    public required string Team { get; init; }

    /// <summary>Counts changes of the policy, from 1.</summary>
    public required long PolicyVersion { get; init; }

    public required ThresholdsBody Thresholds { get; init; }

    public required BudgetsBody Budgets { get; init; }

    /// <summary>How weights follow from outcomes.</summary>
    public UtilityPolicyBody? Utility { get; init; }

    /// <summary>What fades, how fast, and what the budget holds.</summary>
    public ForgettingPolicyBody? Forgetting { get; init; }

    /// <summary>Decisions since the team's shards were opened, by word.</summary>
    public required IReadOnlyDictionary<string, long> Decisions { get; init; }
}
