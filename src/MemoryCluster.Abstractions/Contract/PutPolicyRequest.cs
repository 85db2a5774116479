namespace MemoryCluster.Contract;

/// <summary>Body of <c>PUT /api/v1/controller/teams/{team}/policy</c>: what is left out stays as it is.</summary>
public sealed record PutPolicyRequest
{
    /// <summary>The policy version that the change was made for; another one refuses it.</summary>
    public long? IfVersion { get; init; }

    /// <summary>Cosine from which two texts may say the same, 0 to 1.</summary>
    public double? MergeSimilarity { get; init; }

    /// <summary>Words a text needs to be worth keeping, 0 to 1,000.</summary>
    public int? WordsMin { get; init; }

    /// <summary>Weight of a candidate beside an admitted memory, 0 to 1.</summary>
    public double? CandidateWeight { get; init; }

    /// <summary>Memories that the team may hold, 1 to 10,000,000.</summary>
    public int? MemoriesMax { get; init; }

    public UtilityPolicyBody? Utility { get; init; }

    public ForgettingPolicyBody? Forgetting { get; init; }
}
