namespace MemoryCluster;

/// <summary>What use has shown of a memory.</summary>
[GenerateSerializer, Immutable, Alias("mc.MemoryUtility")]
public sealed record MemoryUtility
{
    /// <summary>Multiplies relevance in ranking. 1 for what is untried.</summary>
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
}
