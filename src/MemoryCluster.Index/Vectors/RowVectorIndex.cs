namespace MemoryCluster.Index.Vectors;

/// <summary>An index over rows that it shares with its searches: what is written where, and who may look meanwhile.</summary>
/// <remarks>Any number of readers may search while one writer adds and removes.</remarks>
public abstract class RowVectorIndex : IVectorIndex
{
    /// <summary>Longest vector taken: four times the longest of the embedding models in use in 2026.</summary>
    public const int DimensionsMax = 16_384;

    // Slots that a sample looks at: where most are free or hidden, few of them count.
    internal const int SampledMax = 4_096;

    private readonly VectorRows _rows;

    private protected RowVectorIndex(VectorRows rows) => _rows = rows;

    public int Dimensions => _rows.Dimensions;

    public int Count => _rows.Count;

    public bool Contains(int ordinal) => _rows.SlotOf(ordinal) >= 0;

    public void Add(int ordinal, ReadOnlySpan<float> unitVector)
    {
        var slot = _rows.Add(ordinal, unitVector);
        AddSlot(slot, ordinal);
        _rows.Publish(ordinal, slot);
        AfterChange();
    }

    public bool Remove(int ordinal)
    {
        var slot = _rows.Withdraw(ordinal);
        if (slot < 0)
        {
            return false;
        }

        RemoveSlot(slot);
        _rows.Free(slot);
        AfterChange();
        return true;
    }

    /// <summary>
    /// Gives the memory of removed vectors back to the system: where they have left many gaps, vectors from the end are moved there first, so that whole
    /// pages come free. What is added later takes free places first in any case. The writer calls it, now and then; a search beside it may miss a
    /// vector that is being moved.
    /// </summary>
    /// <param name="movesMax">Vectors moved at most; each costs a removal and an addition.</param>
    public void Trim(int movesMax)
    {
        var vector = new float[movesMax > 0 ? Dimensions : 0];
        for (; movesMax > 0 && _rows.NextToMove() is >= 0 and var ordinal; movesMax--)
        {
            _rows.TryCopyTo(ordinal, vector);
            Remove(ordinal);
            Add(ordinal, vector);
        }

        ReleaseDropped();
        foreach (var (first, end) in _rows.TakeIdle())
        {
            _rows.Release(first, end);
            ReleaseSlots(first, end);
        }
    }

    public bool TryCopyTo(int ordinal, Span<float> vector) => _rows.TryCopyTo(ordinal, vector);

    public float Score(ReadOnlySpan<float> query, int ordinal) => _rows.Score(query, ordinal);

    public void Score(ReadOnlySpan<float> query, ReadOnlySpan<int> ordinals, Span<float> scores) => _rows.Score(query, ordinals, scores);

    public int Search<TFilter>(ReadOnlySpan<float> query, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var padded = _rows.PaddedQuery(query);
        var lane = _rows.Gate.Enter();
        try
        {
            return SearchRows(padded, hits, filter);
        }
        finally
        {
            _rows.Gate.Exit(lane);
        }
    }

    /// <summary>Ordinals of some vectors, spread over the index, of which the filter accepts each; returns how many there are.</summary>
    public int Sample<TFilter>(Span<int> ordinals, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var step = Math.Max(1, _rows.SlotsEnd / SampledMax);
        var count = 0;
        for (var slot = 0; slot < _rows.SlotsEnd && count < ordinals.Length; slot += step)
        {
            if (_rows.OrdinalOf(slot) is >= 0 and var ordinal && filter.Accepts(ordinal))
            {
                ordinals[count++] = ordinal;
            }
        }

        return count;
    }

    /// <summary>Takes a row in that is written and not yet found.</summary>
    private protected abstract void AddSlot(int slot, int ordinal);

    /// <summary>Forgets a row that is found no longer.</summary>
    private protected abstract void RemoveSlot(int slot);

    private protected abstract int SearchRows<TFilter>(ReadOnlySpan<float> paddedQuery, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter;

    /// <summary>Gives back what was held for slots that nobody has.</summary>
    private protected virtual void ReleaseSlots(int first, int end)
    {
    }

    /// <summary>Gives back what was given up since.</summary>
    private protected virtual void ReleaseDropped()
    {
    }

    private protected virtual void AfterChange()
    {
    }
}
