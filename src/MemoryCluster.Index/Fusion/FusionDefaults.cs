namespace MemoryCluster.Index.Fusion;

/// <summary>
/// One setting for all, measured with BM25 and the built-in embedder, 100 candidates each: on long chats and on encyclopedia questions
/// the fused list holds at least the evidence that BM25 alone holds in its first ten.
/// </summary>
/// <remarks>
/// Hashed vectors know no more words than BM25 does, so they settle near ties and fill up short lists. An embedder that knows meanings
/// deserves a larger weight; measure it.
/// </remarks>
public static class FusionDefaults
{
    /// <summary>Below the paper's 60: the first ranks of BM25 are worth more than a vector's agreement on a later one.</summary>
    public const float RankConstant = 10;

    public const float LexicalWeight = 1;

    public const float VectorWeight = 0.05f;
}
