namespace MemoryCluster.Index.Lexical;

/// <summary>The lists of all terms, by the terms' numbers.</summary>
internal sealed class PostingLists
{
    private PostingList[] _lists = new PostingList[64];

    public PostingPool Pool { get; } = new();

    public ref PostingList this[int term]
    {
        get
        {
            if (term >= _lists.Length)
            {
                Array.Resize(ref _lists, Math.Max(term + 1, 2 * _lists.Length));
            }

            return ref _lists[term];
        }
    }

    /// <summary>Adds the posting of a slot that is behind all others.</summary>
    public void Add(int term, Posting posting, ReadOnlySpan<float> lengths, Bm25Norm norm)
    {
        ref var list = ref this[term];
        if (list.TailCount == BitPacking.Count)
        {
            SealTail(ref list, lengths, norm);
        }

        if (list.TailCount == list.TailCapacity)
        {
            GrowTail(ref list);
        }

        var slope = lengths[posting.Slot] / posting.Frequency;
        list.TailFrequencyMax = list.TailCount == 0 ? posting.Frequency : Math.Max(list.TailFrequencyMax, posting.Frequency);
        list.TailSlopeMin = list.TailCount == 0 ? slope : Math.Min(list.TailSlopeMin, slope);
        Pool.Slice(list.Tail, list.TailCapacity)[list.TailCount++] = posting;
        list.Count++;
    }

    /// <summary>Counts a deleted document out; the last one takes the list with it.</summary>
    public bool CountOut(int term)
    {
        ref var list = ref this[term];
        if (--list.Count > 0)
        {
            return false;
        }

        ReturnTail(ref list);
        list = default;
        return true;
    }

    // The deleted leave here; only what stays full is sealed.
    private void SealTail(ref PostingList list, ReadOnlySpan<float> lengths, Bm25Norm norm)
    {
        var tail = Pool.Slice(list.Tail, list.TailCount);
        var live = 0;
        foreach (var posting in tail)
        {
            if (float.IsFinite(lengths[posting.Slot]))
            {
                tail[live++] = posting;
            }
        }

        list.TailCount = (short)live;
        if (live == BitPacking.Count)
        {
            list.Sealed ??= new SealedPostings();
            list.Sealed.Add(tail, Impact.Of(tail, lengths, norm));
            ReturnTail(ref list);
        }
    }

    private void GrowTail(ref PostingList list)
    {
        var capacity = Math.Max(1, 2 * list.TailCapacity);
        var grown = Pool.Rent(capacity);
        if (list.TailCapacity > 0)
        {
            Pool.Slice(list.Tail, list.TailCount).CopyTo(Pool.Slice(grown, capacity));
            Pool.Return(list.Tail, list.TailCapacity);
        }

        list.Tail = grown;
        list.TailCapacity = (short)capacity;
    }

    private void ReturnTail(ref PostingList list)
    {
        if (list.TailCapacity > 0)
        {
            Pool.Return(list.Tail, list.TailCapacity);
        }

        list.TailCount = list.TailCapacity = 0;
    }
}
