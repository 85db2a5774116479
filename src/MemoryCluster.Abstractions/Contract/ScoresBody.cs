namespace MemoryCluster.Contract;

/// <summary>What each channel made of a hit; 0 where the channel did not find it.</summary>
public sealed record ScoresBody
{
    public required float Vector { get; init; }

    public required float Lexical { get; init; }

    public float Graph { get; init; }

    public float Temporal { get; init; }

    public required float Utility { get; init; }

    /// <summary>The reranker's score, before the weight; absent for what was not reranked.</summary>
    public float? Reranker { get; init; }
}
