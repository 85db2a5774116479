namespace MemoryCluster.Index.Lexical;

/// <summary>Where one term occurs, by ascending slot. Its count is the term's document frequency at any moment.</summary>
internal sealed class PostingList(string term)
{
    private Posting[] _postings = new Posting[2];

    public string Term { get; } = term;

    public int Count { get; private set; }

    public ReadOnlySpan<Posting> Postings => _postings.AsSpan(0, Count);

    /// <summary>Occurrences counted so far in a text that is being read, before it has a posting; 0 between texts.</summary>
    public int PendingFrequency { get; set; }

    public void Add(int slot, int frequency)
    {
        if (Count == _postings.Length)
        {
            Array.Resize(ref _postings, 2 * Count);
        }

        // New slots are mostly the last; a reused one finds its place among the others.
        var position = Count == 0 || _postings[Count - 1].Slot < slot ? Count : PositionOf(slot);
        Array.Copy(_postings, position, _postings, position + 1, Count - position);
        _postings[position] = new Posting(slot, frequency);
        Count++;
    }

    public void Remove(int slot)
    {
        var position = PositionOf(slot);
        Count--;
        Array.Copy(_postings, position + 1, _postings, position, Count - position);
        if (Count <= _postings.Length / 4 && _postings.Length > 2)
        {
            Array.Resize(ref _postings, _postings.Length / 2);
        }
    }

    public int FrequencyIn(int slot)
    {
        var position = PositionOf(slot);
        return position < Count && _postings[position].Slot == slot ? _postings[position].Frequency : 0;
    }

    // The first position whose slot is not before the wanted one.
    private int PositionOf(int slot) => ~Postings.BinarySearch(new FirstNotBefore(slot));

    // Never equal, so the binary search ends at a first position.
    private readonly struct FirstNotBefore(int slot) : IComparable<Posting>
    {
        public int CompareTo(Posting other) => other.Slot < slot ? 1 : -1;
    }
}
