namespace MemoryCluster.Index.Vectors;

/// <summary>A vector searcher that also takes changes. One writer at a time, and no search during a write.</summary>
public interface IVectorIndex : IVectorSearcher
{
    /// <summary>Holds a copy of the vector, scaled to unit length where it is not.</summary>
    /// <exception cref="ArgumentException">Wrong dimension, a component that is not finite, zero length, or an ordinal already held.</exception>
    void Add(int ordinal, ReadOnlySpan<float> unitVector);

    /// <summary>Removes the vector at once; false when there was none.</summary>
    bool Remove(int ordinal);

    /// <summary>Copies the vector out; false when there is none.</summary>
    bool TryCopyTo(int ordinal, Span<float> vector);
}
