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

    /// <summary>How weights follow from outcomes.</summary>
    [Id(15)]
    public UtilityPolicy Utility { get; init; } = new();

    /// <summary>What fades, how fast, and what the team's budget holds.</summary>
    [Id(16)]
    public ForgettingPolicy Forgetting { get; init; } = new();
}
