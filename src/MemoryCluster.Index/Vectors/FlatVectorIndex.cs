namespace MemoryCluster.Index.Vectors;

/// <summary>Exact search: every accepted vector is compared in full precision. What the other indexes are held against.</summary>
public sealed class FlatVectorIndex : RowVectorIndex
{
    private const int RowsAtOnce = 4;

    private readonly VectorRows _rows;

    public FlatVectorIndex(int dimensions)
        : this(new VectorRows(dimensions))
    {
    }

    private FlatVectorIndex(VectorRows rows)
        : base(rows) => _rows = rows;

    // No structure beside the rows.
    private protected override void AddSlot(int slot, int ordinal)
    {
    }

    private protected override void RemoveSlot(int slot)
    {
    }

    private protected override int SearchRows<TFilter>(ReadOnlySpan<float> paddedQuery, Span<ScoredOrdinal> hits, TFilter filter)
    {
        var top = new TopHits(hits);
        Span<int> slots = stackalloc int[RowsAtOnce];
        var count = 0;
        for (var slot = 0; slot < _rows.SlotsEnd; slot++)
        {
            if (_rows.OrdinalOf(slot) is >= 0 and var ordinal && filter.Accepts(ordinal))
            {
                slots[count++] = slot;
                if (count == RowsAtOnce)
                {
                    OfferFour(paddedQuery, slots, ref top);
                    count = 0;
                }
            }
        }

        foreach (var slot in slots[..count])
        {
            Offer(slot, _rows.ScoreOf(paddedQuery, slot), ref top);
        }

        return top.Count;
    }

    private void OfferFour(ReadOnlySpan<float> paddedQuery, scoped ReadOnlySpan<int> slots, ref TopHits top)
    {
        var scores = InnerProduct.OfFour(
            in paddedQuery[0],
            in _rows.Row(slots[0])[0],
            in _rows.Row(slots[1])[0],
            in _rows.Row(slots[2])[0],
            in _rows.Row(slots[3])[0],
            paddedQuery.Length);
        for (var i = 0; i < RowsAtOnce; i++)
        {
            Offer(slots[i], scores[i], ref top);
        }
    }

    // What the writer has taken away meanwhile is no hit.
    private void Offer(int slot, float score, ref TopHits top)
    {
        if (_rows.OrdinalOf(slot) is >= 0 and var ordinal)
        {
            top.Offer(ordinal, score);
        }
    }
}
