namespace MemoryCluster.Index.Lexical;

/// <summary>What one search needs. Kept per thread and used again, so that a search allocates nothing.</summary>
internal sealed class LexicalScratch
{
    /// <summary>Slots that are scored together: their scores stay in the first-level cache.</summary>
    public const int Window = 4_096;

    private const int InitialTerms = 16;

    [ThreadStatic]
    private static LexicalScratch? current;

    private TermCursor[] _cursors = new TermCursor[InitialTerms];
    private int[] _slots = new int[InitialTerms * BitPacking.Count];
    private int[] _frequencies = new int[InitialTerms * BitPacking.Count];
    private int[] _blockScores = new int[InitialTerms * BitPacking.Count];
    private int _termCount;

    public static LexicalScratch Current => current ??= new LexicalScratch();

    /// <summary>The query's terms that the index knows, in the order of their first occurrence.</summary>
    public Span<TermCursor> Cursors => _cursors.AsSpan(0, _termCount);

    /// <summary>The cursors' numbers by ascending bound in the current window.</summary>
    public int[] Order { get; private set; } = new int[InitialTerms];

    /// <summary>One score per slot of the window; all 0 between windows.</summary>
    public int[] Scores { get; } = new int[Window];

    /// <summary>A bit per slot of the window that a posting was met for; all 0 between windows.</summary>
    public ulong[] Met { get; } = new ulong[Window / 64];

    /// <summary>Slots that may be in the answer, ascending, and their scores so far. One place more than a window holds: the next is written before it is known to stay.</summary>
    public int[] Candidates { get; } = new int[Window + 1];

    public int[] CandidateScores { get; } = new int[Window + 1];

    public float[] Lengths { get; } = new float[BitPacking.Count];

    /// <summary>The query's phrases.</summary>
    public PhraseList Phrases { get; } = new();

    public Span<int> Slots(int number) => _slots.AsSpan(number * BitPacking.Count, BitPacking.Count);

    public Span<int> Frequencies(int number) => _frequencies.AsSpan(number * BitPacking.Count, BitPacking.Count);

    public Span<int> BlockScores(int number) => _blockScores.AsSpan(number * BitPacking.Count, BitPacking.Count);

    /// <summary>Counts a term of the query and returns its number.</summary>
    public int Add(int term)
    {
        for (var i = 0; i < _termCount; i++)
        {
            if (_cursors[i].Term == term)
            {
                _cursors[i].QueryFrequency++;
                return i;
            }
        }

        if (_termCount == _cursors.Length)
        {
            Grow(2 * _termCount);
        }

        _cursors[_termCount] = new TermCursor { Number = _termCount, Term = term, QueryFrequency = 1, Unpacked = -1, Scored = -1 };
        Order[_termCount] = _termCount;
        return _termCount++;
    }

    /// <summary>The number of a term that the query was found to have; -1 for another.</summary>
    public int NumberOf(int term)
    {
        for (var i = 0; i < _termCount; i++)
        {
            if (_cursors[i].Term == term)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Forgets the query, and lets go of the index, which may be collected before there is another.</summary>
    public void Clear()
    {
        Cursors.Clear();
        _termCount = 0;
        Phrases.Clear();
    }

    private void Grow(int terms)
    {
        Array.Resize(ref _cursors, terms);
        Array.Resize(ref _slots, terms * BitPacking.Count);
        Array.Resize(ref _frequencies, terms * BitPacking.Count);
        Array.Resize(ref _blockScores, terms * BitPacking.Count);
        var order = Order;
        Array.Resize(ref order, terms);
        Order = order;
    }
}
