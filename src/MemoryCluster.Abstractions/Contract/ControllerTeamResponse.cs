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

    /// <summary>When advice is summed up in insights.</summary>
    public ConsolidationPolicyBody? Consolidation { get; init; }

    /// <summary>What fades, how fast, and what the budget holds.</summary>
    public ForgettingPolicyBody? Forgetting { get; init; }

    /// <summary>What is offered to other teams.</summary>
    public DiffusionPolicyBody? Diffusion { get; init; }

    /// <summary>Insights and stretches of timelines that a language model has worded, as they stand now.</summary>
    public int SummariesWritten { get; init; }

    /// <summary>Those whose wording was refused, because the sources do not bear it out.</summary>
    public int SummariesRefused { get; init; }

    /// <summary>Decisions since the team's shards were opened, by word.</summary>
    public required IReadOnlyDictionary<string, long> Decisions { get; init; }

    /// <summary>Runs that are kept.</summary>
    public required int Runs { get; init; }

    /// <summary>Decisions on what runs taught, as they stand now, by word.</summary>
    public required IReadOnlyDictionary<string, int> RunDecisions { get; init; }

    /// <summary>Those of them that have not reached their shard yet.</summary>
    public required int Pending { get; init; }

    /// <summary>Those of them that wait for a replay outside of the cluster.</summary>
    public int ReplaysDue { get; init; }

    /// <summary>The version of the gate's weights in force.</summary>
    public required long GateVersion { get; init; }

    /// <summary>What the gate promised beside what came, by fifths of the probability; empty ones are left out.</summary>
    public required IReadOnlyList<CalibrationBody> Calibration { get; init; }
}
