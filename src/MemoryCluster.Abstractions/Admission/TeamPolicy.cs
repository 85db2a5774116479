namespace MemoryCluster;

/// <summary>A team's rules of admission: owned by its controller, handed to its shards as an immutable snapshot.</summary>
[GenerateSerializer, Immutable, Alias("mc.TeamPolicy")]
public sealed record TeamPolicy
{
    /// <summary>Counts changes, from 1.</summary>
    [Id(0)]
    public long Version { get; init; } = 1;

    /// <summary>Cosine from which two texts may say the same, 0 to 1. Default 0.95, for the built-in embedder.</summary>
    [Id(1)]
    public double MergeSimilarity { get; init; } = 0.95;

    /// <summary>Words a text needs to be worth keeping. Default 1.</summary>
    [Id(2)]
    public int WordsMin { get; init; } = 1;

    /// <summary>Weight of a candidate beside an admitted memory, 0 to 1. Default 0.5.</summary>
    [Id(3)]
    public double CandidateWeight { get; init; } = 0.5;

    /// <summary>Memories a team may hold. Default 1,000,000.</summary>
    [Id(4)]
    public int MemoriesMax { get; init; } = 1_000_000;

    /// <summary>When advice is summed up in insights.</summary>
    [Id(10)]
    public ConsolidationPolicy Consolidation { get; init; } = new();

    /// <summary>How weights follow from outcomes.</summary>
    [Id(15)]
    public UtilityPolicy Utility { get; init; } = new();

    /// <summary>What fades, how fast, and what the team's budget holds.</summary>
    [Id(16)]
    public ForgettingPolicy Forgetting { get; init; } = new();

    /// <summary>How sure a replayed effect must be, 0.5 to 0.999. Default 0.95.</summary>
    [Id(5)]
    public double Confidence { get; init; } = 0.95;

    /// <summary>Effect on the reward, -1 to 1, that the lower bound must exceed for replay to admit. SEDM's eta. Default 0.02.</summary>
    [Id(6)]
    public double EffectMin { get; init; } = 0.02;

    /// <summary>What doubling a run's tokens costs, in reward. SEDM's lambda_T. Default 0.1.</summary>
    [Id(7)]
    public double TokenCost { get; init; } = 0.1;

    /// <summary>What doubling a run's time costs, in reward. SEDM's lambda_L. Default 0.05.</summary>
    [Id(8)]
    public double LatencyCost { get; init; } = 0.05;

    /// <summary>Replays with and without a memory that a team may make in a day. Default 10,000.</summary>
    [Id(9)]
    public int ReplaysPerDay { get; init; } = 10_000;

    /// <summary>Runs that a team's controller keeps; the oldest go first. Default 10,000.</summary>
    [Id(25)]
    public int RunsMax { get; init; } = 10_000;

    /// <summary>The terms on which replays test a memory.</summary>
    public ReplayTerms ReplayTerms => new(Confidence, EffectMin, TokenCost, LatencyCost);

    /// <summary>What is offered to other teams, and what of theirs is confirmed here.</summary>
    [Id(20)]
    public DiffusionPolicy Diffusion { get; init; } = new();
}
