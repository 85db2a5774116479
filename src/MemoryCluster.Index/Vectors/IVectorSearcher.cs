namespace MemoryCluster.Index.Vectors;

/// <summary>What can be asked of vectors by similarity; sealed segments and replicas implement only this half.</summary>
public interface IVectorSearcher
{
    /// <summary>Length of every vector held and of every query.</summary>
    int Dimensions { get; }

    /// <summary>Vectors held.</summary>
    int Count { get; }

    bool Contains(int ordinal);

    /// <summary>
    /// Fills <paramref name="hits"/> with the nearest accepted vectors by inner product, best first, and returns how many there are.
    /// </summary>
    int Search<TFilter>(ReadOnlySpan<float> query, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter;

    /// <summary>The inner product with one vector, bit for bit what <see cref="Search"/> would give it.</summary>
    /// <exception cref="KeyNotFoundException">No vector has this ordinal.</exception>
    float Score(ReadOnlySpan<float> query, int ordinal);

    /// <summary>The inner products with many vectors, the same ones; 0 where an ordinal has none. Half the time of as many single ones.</summary>
    /// <param name="query">The query, of the index's dimensions.</param>
    /// <param name="ordinals">Whose vectors.</param>
    /// <param name="scores">Filled in, one for each ordinal; at least as many.</param>
    void Score(ReadOnlySpan<float> query, ReadOnlySpan<int> ordinals, Span<float> scores);
}
