namespace MemoryCluster;

/// <summary>What use has shown of a memory.</summary>
[GenerateSerializer, Immutable, Alias("mc.MemoryUtility")]
public sealed record MemoryUtility
{
    /// <summary>Multiplies relevance in ranking, as of the last use; fades from there. 1 for what is untried.</summary>
    [Id(0)]
    public double Weight { get; init; } = 1;

    /// <summary>Outcomes that named it as used.</summary>
    [Id(1)]
    public long Uses { get; init; }

    /// <summary>Sum of those outcomes' rewards, each 0 to 1.</summary>
    [Id(2)]
    public double RewardSum { get; init; }

    /// <summary>Independent writings that were merged into it.</summary>
    [Id(3)]
    public long Confirmations { get; init; }

    [Id(4)]
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Of the uses, those whose reward was at least 0.5.</summary>
    [Id(5)]
    public long Successes { get; init; }

    /// <summary>The weight before the first use; null while that is <see cref="Weight"/>.</summary>
    [Id(6)]
    public double? Prior { get; init; }

    /// <summary>Uses, each counting less the longer ago it was: what the weight rests on.</summary>
    [Id(7)]
    public double Trials { get; init; }

    /// <summary>Its shares of what outcomes were above or below the team's average, summed like <see cref="Trials"/>.</summary>
    [Id(8)]
    public double Credit { get; init; }

    /// <summary>Its value by stage, in order of their names; null where no outcome named one.</summary>
    [Id(9)]
    public ImmutableArray<StageValue>? Stages { get; init; }

    /// <summary>Of the uses, those whose share was measured by replay of the run without it; the others' was worked out of outcomes.</summary>
    [Id(10)]
    public long Replayed { get; init; }
}
