namespace MemoryCluster.Contract;

/// <summary>What use has shown of a memory: what its weight follows from.</summary>
public sealed record UtilityBody
{
    /// <summary>Outcomes with a reward of at least 0.5 in which it was used.</summary>
    public required long Successes { get; init; }

    /// <summary>Mean reward of the outcomes in which it was used, 0 to 1.</summary>
    public required double MeanReward { get; init; }

    /// <summary>Its mean share, -1 to 1, of what those were above or below the team's average, the latest counting most.</summary>
    public required double Credit { get; init; }

    /// <summary>Of its uses, those whose share was measured by replay of the run without it; the others' was worked out of outcomes.</summary>
    public required long Replayed { get; init; }

    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Its value by stage, where outcomes named one.</summary>
    public IReadOnlyList<StageBody>? Stages { get; init; }
}
