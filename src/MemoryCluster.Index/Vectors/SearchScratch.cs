using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>What a thread's searches write in, kept from one to the next so that a search allocates nothing.</summary>
internal sealed unsafe class SearchScratch
{
    [ThreadStatic]
    private static SearchScratch? kept;

    private byte[] _queries = [];
    private ScoredOrdinal[] _candidates = [];
    private float[] _paddedQueries = [];
    private byte[] _asking = [];
    private long[] _keys = [];
    private byte[] _marks = [];
    private byte _walk;

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

    /// <summary>Room for a node's code as a query's.</summary>
    public byte* AskingCode(int bytes)
    {
        if (_asking.Length < bytes + AlignedRows.CacheLineBytes)
        {
            _asking = GC.AllocateArray<byte>(bytes + AlignedRows.CacheLineBytes, pinned: true);
        }

        return AlignedRows.Aligned(_asking);
    }

    /// <summary>Room for a walk's best.</summary>
    public long* Keys(int width)
    {
        if (_keys.Length < width)
        {
            _keys = GC.AllocateUninitializedArray<long>(width, pinned: true);
        }

        return (long*)Marshal.UnsafeAddrOfPinnedArrayElement(_keys, 0);
    }

    /// <summary>Marks of a new walk over slots below <paramref name="end"/>.</summary>
    public Visits Visits(int end)
    {
        if (_marks.Length < end)
        {
            _marks = GC.AllocateArray<byte>(end + (end / 2) + 1_024, pinned: true);
            _walk = 0;
        }

        if (++_walk == 0)
        {
            _marks.AsSpan().Clear();
            _walk = 1;
        }

        return new Visits((byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_marks, 0), _walk, end);
    }
}
