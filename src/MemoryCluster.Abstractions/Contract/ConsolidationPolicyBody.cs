namespace MemoryCluster.Contract;

/// <summary>When a team's advice is summed up in insights; in a request, what is left out stays as it is.</summary>
public sealed record ConsolidationPolicyBody
{
    /// <summary>Cosine from which two pieces of advice are of one family, 0 to 1; 1 sums up nothing.</summary>
    public double? FamilySimilarity { get; init; }

    /// <summary>Characters of an insight at most, 1 to 8,192.</summary>
    public int? InsightCharsMax { get; init; }

    /// <summary>Pieces of advice that an insight sums up at most, 2 to 64.</summary>
    public int? FamilyMax { get; init; }

    /// <summary>Whether a language model may word insights and timelines; refused as <c>chat_not_configured</c> where the server has none.</summary>
    public bool? WriteSummaries { get; init; }
}
