namespace MemoryCluster.Index.Vectors;

/// <summary>Exact in all but name: a scan over one byte a component, and the best few scored again in full precision.</summary>
public sealed class ScanVectorIndex : RowVectorIndex
{
    private readonly VectorRows _rows;
    private readonly Int8Scan _scan;

    public ScanVectorIndex(int dimensions)
        : this(new VectorRows(dimensions))
    {
    }

    private ScanVectorIndex(VectorRows rows)
        : base(rows)
    {
        _rows = rows;
        _scan = new Int8Scan(rows);
    }

    private protected override void AddSlot(int slot, int ordinal) => _scan.Add(slot, ordinal);

    private protected override void RemoveSlot(int slot) => _scan.Remove(slot);

    private protected override void ReleaseSlots(int first, int end) => _scan.Release(first, end);

    private protected override int SearchRows<TFilter>(ReadOnlySpan<float> paddedQuery, Span<ScoredOrdinal> hits, TFilter filter) =>
        _scan.Search(paddedQuery, hits, filter);

    /// <summary>
    /// Searches for several queries, one after the other in <paramref name="queries"/>, four a pass over the rows. Each has an equal share
    /// of <paramref name="hits"/>, best first from its beginning, and <paramref name="counts"/> says how many there are.
    /// </summary>
    public void SearchMany<TFilter>(ReadOnlySpan<float> queries, Span<ScoredOrdinal> hits, Span<int> counts, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var k = counts.Length == 0 ? 0 : hits.Length / counts.Length;
        if (queries.Length != counts.Length * Dimensions || hits.Length != counts.Length * k)
        {
            throw new ArgumentException(
                $"{counts.Length} counts ask for {counts.Length * Dimensions} components and equal shares of hits, not {queries.Length} and {hits.Length}.",
                nameof(queries));
        }

        var lane = _rows.Gate.Enter();
        try
        {
            var first = 0;
            for (; first + Int8Scan.QueriesPerPass <= counts.Length; first += Int8Scan.QueriesPerPass)
            {
                SearchFour(queries.Slice(first * Dimensions, Int8Scan.QueriesPerPass * Dimensions), hits.Slice(first * k, Int8Scan.QueriesPerPass * k), counts[first..], filter);
            }

            for (; first < counts.Length; first++)
            {
                counts[first] = _scan.Search(_rows.PaddedQuery(queries.Slice(first * Dimensions, Dimensions)), hits.Slice(first * k, k), filter);
            }
        }
        finally
        {
            _rows.Gate.Exit(lane);
        }
    }

    private void SearchFour<TFilter>(ReadOnlySpan<float> queries, Span<ScoredOrdinal> hits, Span<int> counts, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var stride = InnerProduct.Pad(Dimensions);
        var padded = SearchScratch.OfThisThread.PaddedQueries(Int8Scan.QueriesPerPass * stride);
        for (var i = 0; i < Int8Scan.QueriesPerPass; i++)
        {
            _rows.PaddedQuery(queries.Slice(i * Dimensions, Dimensions)).CopyTo(padded[(i * stride)..]);
        }

        _scan.SearchFour(padded, hits, counts, filter);
    }
}
