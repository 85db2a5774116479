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

    /// <summary>How sure a replayed effect must be, 0.5 to 0.999.</summary>
    public double? Confidence { get; init; }

    /// <summary>Effect on the reward that the lower bound must exceed for replay to admit, -1 to 1.</summary>
    public double? EffectMin { get; init; }

    /// <summary>What doubling a run's tokens costs, in reward, 0 to 1.</summary>
    public double? TokenCost { get; init; }

    /// <summary>What doubling a run's time costs, in reward, 0 to 1.</summary>
    public double? LatencyCost { get; init; }

    /// <summary>Replays that the team may make in a day, 0 to 100,000,000.</summary>
    public int? ReplaysPerDay { get; init; }

    /// <summary>Runs that its controller keeps, 1 to 1,000,000.</summary>
    public int? RunsMax { get; init; }

    public UtilityPolicyBody? Utility { get; init; }

    /// <summary>When advice is summed up in insights.</summary>
    public ConsolidationPolicyBody? Consolidation { get; init; }

    public ForgettingPolicyBody? Forgetting { get; init; }

    public DiffusionPolicyBody? Diffusion { get; init; }
}
