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
}
