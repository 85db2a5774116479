namespace MemoryCluster.Index.Vectors;

/// <summary>What a thread's searches write in, kept from one to the next so that a search allocates nothing.</summary>
internal sealed unsafe class SearchScratch
{
    [ThreadStatic]
    private static SearchScratch? kept;

    private byte[] _queries = [];
    private ScoredOrdinal[] _candidates = [];
    private float[] _paddedQueries = [];

    public static SearchScratch OfThisThread => kept ??= new SearchScratch();

    /// <summary>Room for codes of queries on a cache line; it does not move and is overwritten by this thread's next search.</summary>
    public byte* QueryCodes(int bytes)
    {
        if (_queries.Length < bytes + AlignedRows.CacheLineBytes)
        {
            _queries = GC.AllocateArray<byte>(bytes + AlignedRows.CacheLineBytes, pinned: true);
        }

        return AlignedRows.Aligned(_queries);
    }

    /// <summary>Room for candidates, by slot.</summary>
    public Span<ScoredOrdinal> Candidates(int count)
    {
        if (_candidates.Length < count)
        {
            _candidates = new ScoredOrdinal[count];
        }

        return _candidates.AsSpan(0, count);
    }

    /// <summary>Room for queries that share a pass.</summary>
    public Span<float> PaddedQueries(int length)
    {
        if (_paddedQueries.Length < length)
        {
            _paddedQueries = new float[length];
        }

        return _paddedQueries.AsSpan(0, length);
    }
}
