namespace MemoryCluster;

/// <summary>How a team learns from outcomes.</summary>
[GenerateSerializer, Immutable, Alias("mc.UtilityPolicy")]
public sealed record UtilityPolicy
{
    /// <summary>How far the first use moves a weight, 0.001 to 1; later ones move it less. Default 0.3 (SEDM's alpha, algorithms §1.1).</summary>
    [Id(0)]
    public double LearningRate { get; init; } = 0.3;

    /// <summary>What a use costs, in units of reward, 0 to 1. Default 0.01 (SEDM's beta).</summary>
    [Id(1)]
    public double Rent { get; init; } = 0.01;

    /// <summary>Days without use in which half of what use has shown fades from the weight, 0.01 to 36,500. Default 90.</summary>
    [Id(2)]
    public double HalfLifeDays { get; init; } = 90;

    /// <summary>Uses before a memory may be pruned, 1 to 1,000,000. Default 5 (ReMe).</summary>
    [Id(3)]
    public int PruneUsesMin { get; init; } = 5;

    /// <summary>Mean reward of its uses below which it then is, 0 to 1; 0 prunes nothing. Default 0.5 (ReMe).</summary>
    [Id(4)]
    public double PruneBelow { get; init; } = 0.5;

    /// <summary>By how much the untried stand above what was used often with the same weight, 0 to 1. Default 0.1.</summary>
    [Id(5)]
    public double Exploration { get; init; } = 0.1;
}
