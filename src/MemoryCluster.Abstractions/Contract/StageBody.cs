namespace MemoryCluster.Contract;

/// <summary>What a memory has been worth at one stage of its users' work.</summary>
public sealed record StageBody
{
    public required string Stage { get; init; }

    /// <summary>The reward to be expected of a use there, 0 to 1; 0.5 where nothing is known.</summary>
    public required double Value { get; init; }

    public required long Uses { get; init; }
}
