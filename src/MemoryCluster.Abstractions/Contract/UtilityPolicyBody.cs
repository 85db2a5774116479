namespace MemoryCluster.Contract;

/// <summary>How a team learns from outcomes; in a request, what is left out stays as it is.</summary>
public sealed record UtilityPolicyBody
{
    /// <summary>How far the first use moves a weight, 0.001 to 1.</summary>
    public double? LearningRate { get; init; }

    /// <summary>What a use costs, in units of reward, 0 to 1.</summary>
    public double? Rent { get; init; }

    /// <summary>Days without use in which half of what use has shown fades, 0.01 to 36,500.</summary>
    public double? HalfLifeDays { get; init; }

    /// <summary>Uses before a memory may be pruned, 1 to 1,000,000.</summary>
    public int? PruneUsesMin { get; init; }

    /// <summary>Mean reward below which it then may be, 0 to 1; 0 prunes nothing.</summary>
    public double? PruneBelow { get; init; }

    /// <summary>By how much the untried stand above what was used often with the same weight, 0 to 1.</summary>
    public double? Exploration { get; init; }
}
