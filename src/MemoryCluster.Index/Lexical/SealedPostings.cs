namespace MemoryCluster.Index.Lexical;

/// <summary>The compressed blocks of one list: per block 128 slots as packed differences, then 128 packed frequencies less 1.</summary>
internal sealed class SealedPostings
{
    private BlockHeader[] _headers = new BlockHeader[2];
    private uint[] _words = new uint[64];
    private int _wordCount;

    public int Count { get; private set; }

    public ReadOnlySpan<BlockHeader> Headers => _headers.AsSpan(0, Count);

    /// <summary>Adds a block of 128 postings by ascending slot, all behind those that are here.</summary>
    public void Add(ReadOnlySpan<Posting> postings, Impact impact)
    {
        Span<int> deltas = stackalloc int[BitPacking.Count];
        Span<int> frequencies = stackalloc int[BitPacking.Count];
        var first = postings[0].Slot;
        for (var i = 0; i < BitPacking.Count; i++)
        {
            deltas[i] = postings[i].Slot - (i < 8 ? first : postings[i - 8].Slot);
            frequencies[i] = postings[i].Frequency - 1;
        }

        var header = new BlockHeader(
            first, postings[^1].Slot, _wordCount, (byte)BitPacking.BitsFor(deltas), (byte)BitPacking.BitsFor(frequencies), impact);
        Reserve(header.WordCount);
        BitPacking.Pack(deltas, header.SlotBits, _words.AsSpan(header.Word));
        BitPacking.Pack(frequencies, header.FrequencyBits, _words.AsSpan(header.Word + header.SlotWords));
        _wordCount += header.WordCount;
        if (Count == _headers.Length)
        {
            Array.Resize(ref _headers, 2 * Count);
        }

        _headers[Count++] = header;
    }

    public void ReadSlots(int block, Span<int> slots)
    {
        ref readonly var header = ref _headers[block];
        BitPacking.UnpackDeltas(_words.AsSpan(header.Word), header.SlotBits, header.FirstSlot, slots);
    }

    /// <summary>Reads the frequencies less 1.</summary>
    public void ReadFrequencies(int block, Span<int> frequencies)
    {
        ref readonly var header = ref _headers[block];
        BitPacking.Unpack(_words.AsSpan(header.Word + header.SlotWords), header.FrequencyBits, frequencies);
    }

    private void Reserve(int words)
    {
        var needed = _wordCount + words + BitPacking.Padding;
        if (needed > _words.Length)
        {
            Array.Resize(ref _words, Math.Max(needed, _words.Length + (_words.Length / 2)));
        }
    }
}

/// <summary>What a search must know of a block before it unpacks it.</summary>
internal readonly record struct BlockHeader(int FirstSlot, int LastSlot, int Word, byte SlotBits, byte FrequencyBits, Impact Impact)
{
    public int SlotWords => BitPacking.WordCount(SlotBits);

    public int WordCount => SlotWords + BitPacking.WordCount(FrequencyBits);
}
