namespace MemoryCluster.Contract;

/// <summary>The thresholds of a team's policy.</summary>
public sealed record ThresholdsBody
{
    /// <summary>Cosine from which two texts may say the same.</summary>
    public required double MergeSimilarity { get; init; }

    /// <summary>Words a text needs to be worth keeping.</summary>
    public required int WordsMin { get; init; }

    /// <summary>Weight of a candidate beside an admitted memory.</summary>
    public required double CandidateWeight { get; init; }

    /// <summary>How sure a replayed effect must be.</summary>
    public required double Confidence { get; init; }

    /// <summary>Effect on the reward that the lower bound must exceed for replay to admit.</summary>
    public required double EffectMin { get; init; }

    /// <summary>What doubling a run's tokens costs, in reward.</summary>
    public required double TokenCost { get; init; }

    /// <summary>What doubling a run's time costs, in reward.</summary>
    public required double LatencyCost { get; init; }
}
