namespace MemoryCluster.Index.Lexical;

/// <summary>What share of their terms' weights neighbours and quotations score on top when they stand in a text as in the query.</summary>
internal readonly record struct PhraseShares(float Neighbours, float Quotations)
{
    /// <summary>No document's phrases score a greater share of what its terms score: a term has two neighbours and one quotation.</summary>
    public float Max => (2 * Neighbours) + Quotations;

    /// <summary>The same for a query that has such phrases or has not: a bound with nothing behind it would prune less.</summary>
    public float MaxOf(bool neighbours, bool quotations) => (neighbours ? 2 * Neighbours : 0) + (quotations ? Quotations : 0);
}
