using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Lexical;

/// <summary>
/// An inverted index ranked by BM25 (S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009,
/// section 3). Removals count at once in document frequencies and the average length. One writer at a time, no search during a write.
/// </summary>
/// <remarks>
/// The weight of a term is ln(1 + (N - n + 0.5) / (n + 0.5)): with the 1, a term in more than half of the documents still counts for a
/// little instead of against. Stop words are indexed, for the queries that consist of nothing else, but not counted in lengths.
/// </remarks>
public sealed class Bm25Index
{
    /// <summary>How soon repetitions of a term stop counting.</summary>
    public const float DefaultSaturation = 1.2f;

    /// <summary>How much a long document is held to its length, 0 to 1.</summary>
    public const float DefaultLengthNormalization = 0.75f;

    private readonly float _k1;
    private readonly float _b;
    private readonly Dictionary<string, PostingList> _vocabulary = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PostingList>.AlternateLookup<ReadOnlySpan<char>> _lists;
    private readonly Dictionary<int, int> _slotOf = [];
    private readonly List<Bm25Document> _documents = [];
    private readonly Stack<int> _freeSlots = [];
    private readonly List<PostingList> _textTerms = [];
    private long _lengthTotal;

    public Bm25Index(float k1 = DefaultSaturation, float b = DefaultLengthNormalization)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k1);
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(b, 1);
        _k1 = k1;
        _b = b;
        _lists = _vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Documents held.</summary>
    public int Count => _slotOf.Count;

    /// <summary>Different terms of the documents held.</summary>
    public int TermCount => _vocabulary.Count;

    public bool Contains(int ordinal) => _slotOf.ContainsKey(ordinal);

    /// <exception cref="ArgumentException">The ordinal already has a text.</exception>
    public void Add(int ordinal, ReadOnlySpan<char> text)
    {
        if (_slotOf.ContainsKey(ordinal))
        {
            throw new ArgumentException($"Ordinal {ordinal} already has a text; remove it first.", nameof(ordinal));
        }

        var length = CountTerms(text);
        var slot = TakeSlot();
        foreach (var list in _textTerms)
        {
            list.Add(slot, list.PendingFrequency);
            list.PendingFrequency = 0;
        }

        _documents[slot] = new Bm25Document(ordinal, length, [.. _textTerms]);
        _textTerms.Clear();
        _slotOf.Add(ordinal, slot);
        _lengthTotal += length;
    }

    /// <summary>Removes the text at once; false when there was none.</summary>
    public bool Remove(int ordinal)
    {
        if (!_slotOf.Remove(ordinal, out var slot))
        {
            return false;
        }

        foreach (var list in _documents[slot].Terms)
        {
            list.Remove(slot);
            if (list.Count == 0)
            {
                _vocabulary.Remove(list.Term);
            }
        }

        _lengthTotal -= _documents[slot].Length;
        _documents[slot] = default;
        _freeSlots.Push(slot);
        return true;
    }

    /// <summary>
    /// Fills <paramref name="hits"/> with the best accepted documents that share a term with the query, best first, and returns how many.
    /// </summary>
    public int Search<TFilter>(ReadOnlySpan<char> query, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var scratch = Bm25Scratch.Current;
        var top = new TopHits(hits);
        try
        {
            ReadQuery(query, scratch);
            scratch.ReserveSlots(_documents.Count);
            var norm = LengthNorm();
            foreach (var (list, frequency) in scratch.Terms)
            {
                Accumulate(list, TermWeight(list, frequency), norm, scratch, filter);
            }

            foreach (var slot in scratch.Met)
            {
                if (scratch.Scores[slot] > 0)
                {
                    top.Offer(_documents[slot].Ordinal, scratch.Scores[slot]);
                }
            }
        }
        finally
        {
            scratch.Clear();
        }

        return top.Count;
    }

    /// <summary>The score of one document for the query; 0 when they share no term or there is no such document.</summary>
    public float Score(ReadOnlySpan<char> query, int ordinal)
    {
        if (!_slotOf.TryGetValue(ordinal, out var slot))
        {
            return 0;
        }

        var scratch = Bm25Scratch.Current;
        ReadQuery(query, scratch);
        var norm = LengthNorm();
        var score = 0f;
        foreach (var (list, frequency) in scratch.Terms)
        {
            var inDocument = list.FrequencyIn(slot);
            score += inDocument == 0 ? 0 : TermWeight(list, frequency) * norm.Saturate(inDocument, _documents[slot].Length);
        }

        scratch.Clear();
        return score;
    }

    private void Accumulate<TFilter>(PostingList list, float weight, Bm25LengthNorm norm, Bm25Scratch scratch, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var scores = scratch.Scores;
        var documents = CollectionsMarshal.AsSpan(_documents);
        foreach (var posting in list.Postings)
        {
            ref var score = ref scores[posting.Slot];
            ref readonly var document = ref documents[posting.Slot];
            if (score == 0)
            {
                scratch.Meet(posting.Slot);
                score = filter.Accepts(document.Ordinal) ? 0 : Bm25Scratch.Refused;
            }

            if (score >= 0)
            {
                score += weight * norm.Saturate(posting.Frequency, document.Length);
            }
        }
    }

    private float TermWeight(PostingList list, int queryFrequency) =>
        queryFrequency * (_k1 + 1) * MathF.Log(1 + ((Count - list.Count + 0.5f) / (list.Count + 0.5f)));

    // No length at all: only stop words anywhere, which are all equally short.
    private Bm25LengthNorm LengthNorm() => _lengthTotal == 0
        ? new Bm25LengthNorm(_k1, 0)
        : new Bm25LengthNorm(_k1 * (1 - _b), _k1 * _b * Count / _lengthTotal);

    private int CountTerms(ReadOnlySpan<char> text)
    {
        var length = 0;
        var tokens = new Tokenizer(text, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            length += StopWords.Contains(tokens.Current) ? 0 : 1;
            var list = ListOf(tokens.ToTerm());
            if (list.PendingFrequency++ == 0)
            {
                _textTerms.Add(list);
            }
        }

        return length;
    }

    private PostingList ListOf(ReadOnlySpan<char> term)
    {
        if (!_lists.TryGetValue(term, out var list))
        {
            list = new PostingList(term.ToString());
            _vocabulary.Add(list.Term, list);
        }

        return list;
    }

    private void ReadQuery(ReadOnlySpan<char> query, Bm25Scratch scratch)
    {
        var keepStopWords = HasOnlyStopWords(query);
        var tokens = new Tokenizer(query, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            if ((keepStopWords || !StopWords.Contains(tokens.Current)) && _lists.TryGetValue(tokens.ToTerm(), out var list))
            {
                scratch.Add(list);
            }
        }
    }

    private static bool HasOnlyStopWords(ReadOnlySpan<char> query)
    {
        var tokens = new Tokenizer(query, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            if (!StopWords.Contains(tokens.Current))
            {
                return false;
            }
        }

        return true;
    }

    private int TakeSlot()
    {
        if (_freeSlots.TryPop(out var slot))
        {
            return slot;
        }

        _documents.Add(default);
        return _documents.Count - 1;
    }
}
