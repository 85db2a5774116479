namespace MemoryCluster;

/// <summary>When a team's advice is summed up in insights.</summary>
[GenerateSerializer, Immutable, Alias("mc.ConsolidationPolicy")]
public sealed record ConsolidationPolicy
{
    /// <summary>Cosine from which two pieces of advice are of one family, 0 to 1; 1 sums up nothing. Default 0.6, for the built-in embedder.</summary>
    [Id(0)]
    public double FamilySimilarity { get; init; } = 0.6;

    /// <summary>Characters of an insight at most; a family that has more to say is left as it is. Default 2,000, what a prompt has room for ten times.</summary>
    [Id(1)]
    public int InsightCharsMax { get; init; } = 2_000;

    /// <summary>Pieces of advice that an insight sums up at most, 2 to 64. Default 6.</summary>
    [Id(2)]
    public int FamilyMax { get; init; } = 6;

    /// <summary>Whether a language model may word insights and timelines. It needs one to be configured, and reads their memories. Default no.</summary>
    [Id(3)]
    public bool WriteSummaries { get; init; }
}
