namespace MemoryCluster;

/// <summary>What one shard holds and has done since it was opened.</summary>
[GenerateSerializer, Immutable, Alias("mc.ShardStatistics")]
public sealed record ShardStatistics
{
    [Id(0)]
    public long Seq { get; init; }

    [Id(1)]
    public int Memories { get; init; }

    [Id(2)]
    public int Candidates { get; init; }

    [Id(3)]
    public int Quarantined { get; init; }

    /// <summary>Decisions since the shard was opened.</summary>
    [Id(4)]
    public ImmutableDictionary<Decision, long> Decisions { get; init; } = ImmutableDictionary<Decision, long>.Empty;

    /// <summary>Outcomes recorded since the shard was opened.</summary>
    [Id(5)]
    public long Outcomes { get; init; }

    /// <summary>The model that vectors are made by; null where no shard was asked.</summary>
    [Id(6)]
    public EmbedderModel? Embedder { get; init; }

    /// <summary>Memories that wait for a vector of that model.</summary>
    [Id(7)]
    public int Unembedded { get; init; }

    /// <summary>Memories that others stand for.</summary>
    [Id(8)]
    public int Merged { get; init; }

    /// <summary>Memories that are found only where archived ones are asked for.</summary>
    [Id(9)]
    public int Archived { get; init; }

    /// <summary>Insights and stretches of timelines that a model has worded.</summary>
    [Id(10)]
    public int SummariesWritten { get; init; }

    /// <summary>Those where what it wrote was not borne out by the sources, or no summary of them.</summary>
    [Id(11)]
    public int SummariesRefused { get; init; }

    /// <summary>Sums two shards of one team.</summary>
    public ShardStatistics Plus(ShardStatistics other) => new()
    {
        Seq = Math.Max(Seq, other.Seq),
        Memories = Memories + other.Memories,
        Candidates = Candidates + other.Candidates,
        Quarantined = Quarantined + other.Quarantined,
        Decisions = other.Decisions.Aggregate(
            Decisions,
            (sum, pair) => sum.SetItem(pair.Key, sum.GetValueOrDefault(pair.Key) + pair.Value)),
        Outcomes = Outcomes + other.Outcomes,
        Embedder = other.Embedder ?? Embedder,
        Unembedded = Unembedded + other.Unembedded,
        Merged = Merged + other.Merged,
        Archived = Archived + other.Archived,
        SummariesWritten = SummariesWritten + other.SummariesWritten,
        SummariesRefused = SummariesRefused + other.SummariesRefused,
    };
}
