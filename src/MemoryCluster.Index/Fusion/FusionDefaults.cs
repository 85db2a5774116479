namespace MemoryCluster.Index.Fusion;

/// <summary>
/// One setting for all, measured with BM25 and the built-in embedder, 100 candidates each: on long chats and on encyclopedia questions
/// the fused list holds at least the evidence that BM25 alone holds in its first ten.
/// </summary>
/// <remarks>A stronger embedder deserves a larger weight, one that only hashes words a smaller one (0.05); measure it.</remarks>
public static class FusionDefaults
{
    /// <summary>Below the paper's 60: the first ranks of BM25 are worth more than a vector's agreement on a later one.</summary>
    public const float RankConstant = 10;

    public const float LexicalWeight = 1;

    /// <summary>On the embedder's training sets, each left out once, recall rises up to 0.5; most of the gain is there at 0.3.</summary>
    public const float VectorWeight = 0.3f;

    /// <summary>
    /// Of the turns beside those that BM25 finds. On long chats recall rises from 0 up to here, and texts without turns have no such
    /// neighbours; nearly as much as BM25's own weight, because an answer often shares no word with the question before it.
    /// </summary>
    public const float GraphWeight = 0.8f;
}
