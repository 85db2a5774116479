namespace MemoryCluster.Contract;

/// <summary>How a run ended.</summary>
public sealed record RunOutcomeBody
{
    /// <summary>0 to 1.</summary>
    public required double Reward { get; init; }

    /// <summary>Whether the answer was right, where that is known.</summary>
    public bool? Correct { get; init; }

    /// <summary>At most 32,768 bytes.</summary>
    public string? Answer { get; init; }

    /// <summary>Tokens that the run took, from 0.</summary>
    public long? Tokens { get; init; }

    /// <summary>How long it took, from 0.</summary>
    public double? LatencyMs { get; init; }
}
