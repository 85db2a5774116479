using System.Numerics;

namespace MemoryCluster.Index.Lexical;

/// <summary>The terms of one query and the scores of one search. Kept per thread and used again, so that a search allocates nothing.</summary>
internal sealed class Bm25Scratch
{
    /// <summary>The score of a slot that the filter refused.</summary>
    public const float Refused = -1;

    private const int InitialTerms = 32;

    [ThreadStatic]
    private static Bm25Scratch? current;

    private (PostingList List, int Frequency)[] _terms = new (PostingList, int)[InitialTerms];
    private int _termCount;
    private int[] _met = [];
    private int _metCount;

    public static Bm25Scratch Current => current ??= new Bm25Scratch();

    /// <summary>The query's terms that the index knows, in the order of their first occurrence.</summary>
    public ReadOnlySpan<(PostingList List, int Frequency)> Terms => _terms.AsSpan(0, _termCount);

    /// <summary>One score per slot; 0 where no posting was met yet.</summary>
    public float[] Scores { get; private set; } = [];

    /// <summary>The slots met in this search.</summary>
    public ReadOnlySpan<int> Met => _met.AsSpan(0, _metCount);

    public void Add(PostingList list)
    {
        for (var i = 0; i < _termCount; i++)
        {
            if (ReferenceEquals(_terms[i].List, list))
            {
                _terms[i].Frequency++;
                return;
            }
        }

        if (_termCount == _terms.Length)
        {
            Array.Resize(ref _terms, 2 * _termCount);
        }

        _terms[_termCount++] = (list, 1);
    }

    public void ReserveSlots(int count)
    {
        if (Scores.Length < count)
        {
            Scores = new float[(int)BitOperations.RoundUpToPowerOf2((uint)count)];
            _met = new int[Scores.Length];
        }
    }

    public void Meet(int slot) => _met[_metCount++] = slot;

    /// <summary>Leaves all scores 0 for the next search, and lets go of the index, which may be collected before there is one.</summary>
    public void Clear()
    {
        foreach (var slot in Met)
        {
            Scores[slot] = 0;
        }

        _metCount = 0;
        Array.Clear(_terms, 0, _termCount);
        _termCount = 0;
    }
}
