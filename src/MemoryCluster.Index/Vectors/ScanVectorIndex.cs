namespace MemoryCluster.Index.Vectors;

/// <summary>Exact in all but name: a scan over one byte a component, and the best few scored again in full precision.</summary>
/// <remarks>Any number of readers may search while one writer adds and removes. <see cref="FlatVectorIndex"/> is what it is held against.</remarks>
public sealed class ScanVectorIndex : IVectorIndex
{
    private readonly VectorRows _rows;
    private readonly Int8Scan _scan;

    public ScanVectorIndex(int dimensions)
    {
        _rows = new VectorRows(dimensions);
        _scan = new Int8Scan(_rows);
    }

    public int Dimensions => _rows.Dimensions;

    public int Count => _rows.Count;

    public bool Contains(int ordinal) => _rows.SlotOf(ordinal) >= 0;

    public void Add(int ordinal, ReadOnlySpan<float> unitVector)
    {
        var slot = _rows.Add(ordinal, unitVector);
        _scan.Add(slot, ordinal);
        _rows.Publish(ordinal, slot);
    }

    public bool Remove(int ordinal)
    {
        var slot = _rows.Withdraw(ordinal);
        if (slot < 0)
        {
            return false;
        }

        _scan.Remove(slot);
        _rows.Free(slot);
        return true;
    }

    public bool TryCopyTo(int ordinal, Span<float> vector) => _rows.TryCopyTo(ordinal, vector);

    public float Score(ReadOnlySpan<float> query, int ordinal) => _rows.Score(query, ordinal);

    public int Search<TFilter>(ReadOnlySpan<float> query, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var padded = _rows.PaddedQuery(query);
        var lane = _rows.Gate.Enter();
        try
        {
            return _scan.Search(padded, hits, filter);
        }
        finally
        {
            _rows.Gate.Exit(lane);
        }
    }

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
