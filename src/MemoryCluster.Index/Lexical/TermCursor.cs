namespace MemoryCluster.Index.Lexical;

/// <summary>One term of a query on its way through its list. Its unpacked block lies in the scratch.</summary>
internal struct TermCursor
{
    /// <summary>Which of the query's distinct terms it is: where its buffers are.</summary>
    public int Number;

    public int Term;

    /// <summary>Occurrences in the query.</summary>
    public int QueryFrequency;

    /// <summary>The term's weight in the query's units: what a saturation of 1 would score.</summary>
    public float Scale;

    /// <summary>The most that the term can score in the current window.</summary>
    public int WindowMax;

    public SealedPostings? Sealed;

    public int SealedCount;

    /// <summary>Sealed blocks and, last, the tail.</summary>
    public int BlockCount;

    public int Tail;

    public int TailCount;

    public int TailFirst;

    public int TailLast;

    public Impact TailImpact;

    /// <summary>The block that the cursor stands in; earlier ones are done.</summary>
    public int Block;

    /// <summary>The block whose slots and frequencies are unpacked; -1 for none.</summary>
    public int Unpacked;

    /// <summary>The block whose scores are computed; -1 for none.</summary>
    public int Scored;

    /// <summary>Postings of the unpacked block, and the first of them that is not done.</summary>
    public int Count;

    public int Position;

    /// <summary>Puts the cursor at the beginning of its list.</summary>
    public void Open(in PostingList list, PostingPool pool, float constant)
    {
        Sealed = list.Sealed;
        SealedCount = list.Sealed?.Count ?? 0;
        BlockCount = SealedCount;
        Unpacked = Scored = -1;
        if (list.TailCount > 0)
        {
            BlockCount++;
            Tail = list.Tail;
            TailCount = list.TailCount;
            var tail = pool.Slice(Tail, TailCount);
            TailFirst = tail[0].Slot;
            TailLast = tail[^1].Slot;
            TailImpact = Impact.Loose(constant, list.TailFrequencyMax, list.TailSlopeMin);
        }
    }

    public readonly int FirstSlot(int block) => block < SealedCount ? Sealed!.Headers[block].FirstSlot : TailFirst;

    public readonly int LastSlot(int block) => block < SealedCount ? Sealed!.Headers[block].LastSlot : TailLast;

    /// <summary>Passes over the blocks that end before the slot.</summary>
    public void SkipTo(int slot)
    {
        while (Block < BlockCount && LastSlot(Block) < slot)
        {
            Block++;
        }
    }

    /// <summary>The least penalty of the blocks that reach into the window; infinite when none does.</summary>
    public readonly float PenaltyMin(int end, float perTerm)
    {
        var least = float.PositiveInfinity;
        var block = Block;
        if (block < SealedCount)
        {
            foreach (ref readonly var header in Sealed!.Headers[block..])
            {
                if (header.FirstSlot >= end)
                {
                    return least;
                }

                least = Math.Min(least, header.Impact.PenaltyMin(perTerm));
                block++;
            }
        }

        return block < BlockCount && TailFirst < end ? Math.Min(least, TailImpact.PenaltyMin(perTerm)) : least;
    }
}
