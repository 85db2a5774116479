namespace MemoryCluster.Index.Lexical;

/// <summary>
/// Where one term occurs, by ascending slot: sealed blocks, then an open tail of fewer than 128 postings. What was deleted stays in
/// it until the index is compacted, but not in the count.
/// </summary>
internal struct PostingList
{
    /// <summary>The term's document frequency at any moment.</summary>
    public int Count;

    /// <summary>Occurrences counted so far in a text that is being read; 0 between texts.</summary>
    public int Pending;

    /// <summary>The tail's slice of the pool.</summary>
    public int Tail;

    public short TailCount;

    /// <summary>Room of the slice; 0 without one.</summary>
    public short TailCapacity;

    public int TailFrequencyMax;

    public float TailSlopeMin;

    public SealedPostings? Sealed;
}
