namespace MemoryCluster.Contract;

/// <summary>One replay asked for again.</summary>
public sealed record ReplayAgainBody
{
    public required string RunId { get; init; }

    /// <summary>Absent where there was no answer.</summary>
    public double? RewardWithout { get; init; }

    /// <summary>Absent where there was no answer.</summary>
    public double? RewardWith { get; init; }

    /// <summary>What replayed, in its own words.</summary>
    public string? Version { get; init; }

    /// <summary>Why there was no answer, as a stable word; absent where there was one.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether both rewards are within the tolerance.</summary>
    public required bool Agrees { get; init; }
}
