namespace MemoryCluster.Index;

/// <summary>Keeps the best hits offered so far, best first, in a buffer that the caller owns.</summary>
public ref struct TopHits(Span<ScoredOrdinal> hits)
{
    private readonly Span<ScoredOrdinal> _hits = hits;

    /// <summary>How many of the buffer's leading elements are hits.</summary>
    public int Count { get; private set; }

    /// <summary>What has been kept, best first.</summary>
    public readonly ReadOnlySpan<ScoredOrdinal> Hits => _hits[..Count];

    /// <summary>A score below this one is not kept.</summary>
    public readonly float Threshold =>
        Count < _hits.Length ? float.NegativeInfinity : Count > 0 ? _hits[Count - 1].Score : float.PositiveInfinity;

    /// <summary>Inserts the candidate if it is among the best; a full buffer drops its worst hit.</summary>
    public void Offer(int ordinal, float score)
    {
        var candidate = new ScoredOrdinal(ordinal, score);
        if (Count < _hits.Length)
        {
            InsertAt(RankOf(candidate), candidate, Count++);
        }
        else if (Count > 0 && candidate.IsBetterThan(_hits[Count - 1]))
        {
            InsertAt(RankOf(candidate), candidate, Count - 1);
        }
    }

    private readonly int RankOf(ScoredOrdinal candidate) => ~_hits[..Count].BinarySearch(new Rank(candidate));

    private readonly void InsertAt(int rank, ScoredOrdinal candidate, int last)
    {
        _hits[rank..last].CopyTo(_hits[(rank + 1)..]);
        _hits[rank] = candidate;
    }

    // Never equal, so the binary search ends where the candidate belongs.
    private readonly struct Rank(ScoredOrdinal candidate) : IComparable<ScoredOrdinal>
    {
        public int CompareTo(ScoredOrdinal other) => candidate.IsBetterThan(other) ? -1 : 1;
    }
}
