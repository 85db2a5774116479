namespace MemoryCluster.Index.Lexical;

/// <summary>
/// An inverted index ranked by BM25 (S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009,
/// section 3) with a share for phrases. Removals count at once in document frequencies and the average length. One writer at a time,
/// no search during a write; searches beside each other as many as there are.
/// </summary>
/// <remarks>
/// <para>
/// The weight of a term is ln(1 + (N - n + 0.5) / (n + 0.5)): with the 1, a term in more than half of the documents still counts for a
/// little instead of against. Stop words are indexed, for the queries that consist of nothing else, but not counted in lengths.
/// </para>
/// <para>
/// A text takes the next slot, so that postings are only ever added at the end of their lists. A removed one leaves its slot and its
/// postings behind, which score 0, until half of the slots are such; then all lists are built again from the kept sequences of terms.
/// </para>
/// </remarks>
public sealed partial class Bm25Index
{
    /// <summary>How soon repetitions of a term stop counting.</summary>
    public const float DefaultSaturation = 1f;

    /// <summary>How much a long document is held to its length, 0 to 1.</summary>
    public const float DefaultLengthNormalization = 0.75f;

    /// <summary>The share that two neighbouring words of a query score on top where they are neighbours in a text.</summary>
    public const float DefaultNeighbourShare = 0.2f;

    /// <summary>The share that a quoted phrase scores on top where it stands in a text.</summary>
    public const float DefaultQuotationShare = 1f;

    // Below, compaction would come often and gain little.
    private const int DeadSlotsMin = 1_024;

    // Keeps infinite lengths of deleted documents from meeting a zero; far below any rounding.
    private const float PerTermMin = 1e-30f;

    // Scores in units are below 2^24 and so exact as floats.
    private const int ScoreBits = 23;

    private readonly float _k1;
    private readonly float _b;
    private readonly PhraseShares _shares;
    private readonly TermTable _terms = new();
    private readonly Dictionary<int, int> _slotOf = [];
    private readonly List<int> _textTerms = [];
    private PostingLists _lists = new();
    private TokenSequences _sequences = new();
    private int[] _ordinals = new int[16];
    private float[] _lengths = new float[16];
    private TokenSpan[] _spans = new TokenSpan[16];
    private PairSignature[] _signatures = new PairSignature[16];
    private int _slotCount;
    private long _lengthTotal;

    public Bm25Index(
        float k1 = DefaultSaturation,
        float b = DefaultLengthNormalization,
        float neighbourShare = DefaultNeighbourShare,
        float quotationShare = DefaultQuotationShare)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k1);
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(b, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(neighbourShare);
        ArgumentOutOfRangeException.ThrowIfNegative(quotationShare);
        _k1 = k1;
        _b = b;
        _shares = new PhraseShares(neighbourShare, quotationShare);
    }

    /// <summary>Documents held.</summary>
    public int Count => _slotOf.Count;

    /// <summary>Different terms of the documents held.</summary>
    public int TermCount => _terms.Count;

    public bool Contains(int ordinal) => _slotOf.ContainsKey(ordinal);

    /// <exception cref="ArgumentException">The ordinal already has a text.</exception>
    public void Add(int ordinal, ReadOnlySpan<char> text)
    {
        if (!_slotOf.TryAdd(ordinal, _slotCount))
        {
            throw new ArgumentException($"Ordinal {ordinal} already has a text; remove it first.", nameof(ordinal));
        }

        var length = ReadText(text, out var signature);
        var slot = TakeSlot(ordinal, length, _sequences.Keep(), signature);
        _lengthTotal += length;
        AddPostings(slot);
    }

    /// <summary>Removes the text at once; false when there was none.</summary>
    public bool Remove(int ordinal)
    {
        if (!_slotOf.Remove(ordinal, out var slot))
        {
            return false;
        }

        CountTerms(_sequences.Read(_spans[slot]));
        foreach (var term in _textTerms)
        {
            _lists[term].Pending = 0;
            if (_lists.CountOut(term))
            {
                _terms.Remove(term);
            }
        }

        _textTerms.Clear();
        _lengthTotal -= (long)_lengths[slot];
        _lengths[slot] = float.PositiveInfinity;
        _spans[slot] = default;
        if (_slotCount - Count > Count + DeadSlotsMin)
        {
            Compact();
        }

        return true;
    }

    /// <summary>
    /// Fills <paramref name="hits"/> with the best accepted documents that share a term with the query, best first, and returns how many.
    /// </summary>
    /// <param name="withNeighbours">
    /// Whether words that stand together in the query and in a text count more; without, many hits cost a third of the time. Quotations
    /// count always.
    /// </param>
    public int Search<TFilter>(ReadOnlySpan<char> query, Span<ScoredOrdinal> hits, TFilter filter, bool withNeighbours = true)
        where TFilter : struct, IOrdinalFilter
    {
        var scratch = LexicalScratch.Current;
        try
        {
            var shares = withNeighbours ? _shares : _shares with { Neighbours = 0 };
            var unit = Prepare(query, scratch, shares);
            var collection = Collection();
            foreach (ref var cursor in scratch.Cursors)
            {
                cursor.Open(_lists[cursor.Term], _lists.Pool, SealingNorm().Constant);
            }

            var phrases = new PhraseScorer(scratch.Phrases, collection, shares);
            return new WindowSearch<TFilter>(scratch, collection, phrases, unit, filter, hits).Run();
        }
        finally
        {
            scratch.Clear();
        }
    }

    /// <summary>The score of one document for the query; 0 when they share no term or there is no such document.</summary>
    public float Score(ReadOnlySpan<char> query, int ordinal)
    {
        if (!_slotOf.TryGetValue(ordinal, out var slot))
        {
            return 0;
        }

        var scratch = LexicalScratch.Current;
        var unit = Prepare(query, scratch, _shares);
        var collection = Collection();
        var sequence = scratch.Phrases.DecodePadded(collection.Read(slot), out var count);
        var score = new PhraseScorer(scratch.Phrases, collection, _shares).Score(sequence, count, _lengths[slot]);
        foreach (ref readonly var cursor in scratch.Cursors)
        {
            score += collection.Norm.Score(cursor.Scale, sequence[..count].Count(cursor.Term), _lengths[slot]);
        }

        scratch.Clear();
        return score * unit;
    }

    // Reads the query and weighs its terms; returns the unit in which scores are counted.
    private float Prepare(ReadOnlySpan<char> query, LexicalScratch scratch, PhraseShares shares)
    {
        QueryReader.Read(query, _terms, scratch, shares);
        var total = 0f;
        foreach (ref var cursor in scratch.Cursors)
        {
            cursor.Scale = Weight(_lists[cursor.Term].Count);
            total += cursor.Scale * cursor.QueryFrequency;
        }

        if (total == 0)
        {
            return 1;
        }

        var perUnit = MathF.ScaleB(1, ScoreBits - 1 - MathF.ILogB(total * (1 + shares.Max)));
        foreach (ref var phrase in scratch.Phrases.Phrases)
        {
            phrase = phrase with { Scale = phrase.Share * perUnit * WeightOf(phrase, scratch) };
        }

        foreach (ref var cursor in scratch.Cursors)
        {
            cursor.Scale *= cursor.QueryFrequency * perUnit;
        }

        return 1 / perUnit;
    }

    private static float WeightOf(in Phrase phrase, LexicalScratch scratch)
    {
        var weight = 0f;
        foreach (var term in scratch.Phrases.TermsOf(phrase))
        {
            weight += term.Cursor < 0 ? 0 : scratch.Cursors[term.Cursor].Scale;
        }

        return weight;
    }

    private float Weight(int holders) => (_k1 + 1) * RarityOf(holders);

    private Bm25Collection Collection() => new()
    {
        Ordinals = _ordinals.AsSpan(0, _slotCount),
        Lengths = _lengths.AsSpan(0, _slotCount),
        Spans = _spans.AsSpan(0, _slotCount),
        Signatures = _signatures.AsSpan(0, _slotCount),
        Sequences = _sequences,
        Pool = _lists.Pool,
        Norm = _lengthTotal == 0 ? new Bm25Norm(_k1, PerTermMin) : SealingNorm(),
    };

    // Where there is no length at all, only stop words anywhere, all texts are equally short; the constant here stays below that.
    private Bm25Norm SealingNorm() =>
        new(_k1 * (1 - _b), _lengthTotal == 0 ? PerTermMin : Math.Max(PerTermMin, _k1 * _b * Count / _lengthTotal));

    // Reads a text into the open sequence and counts its terms; returns its length without stop words.
    private int ReadText(ReadOnlySpan<char> text, out PairSignature signature)
    {
        var (length, frequencyMax) = (0, 0);
        var analyzer = TermAnalyzer.Current;
        var pairs = new PairSignatureReader();
        var tokens = new Tokenizer(text, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            var isIdeograph = tokens.Kind == TokenKind.Ideograph;
            var term = analyzer.Read(ref tokens);
            length += term.IsStopWord ? 0 : 1;
            var id = _terms.FindOrAdd(term.Text, term.Hash);
            _sequences.Append(id);
            var frequency = CountTerm(id);
            frequencyMax = term.IsStopWord ? frequencyMax : Math.Max(frequencyMax, frequency);
            pairs.Add(term.IsStopWord || isIdeograph ? -1 : id);
        }

        signature = pairs.Signature.WithFrequency(frequencyMax);
        return length;
    }

    private void CountTerms(TokenSequences.TermReader terms)
    {
        while (terms.MoveNext())
        {
            CountTerm(terms.Current);
        }
    }

    private int CountTerm(int term)
    {
        var count = ++_lists[term].Pending;
        if (count == 1)
        {
            _textTerms.Add(term);
        }

        return count;
    }

    private void AddPostings(int slot)
    {
        var norm = SealingNorm();
        foreach (var term in _textTerms)
        {
            ref var list = ref _lists[term];
            var posting = new Posting(slot, list.Pending);
            list.Pending = 0;
            _lists.Add(term, posting, _lengths, norm);
        }

        _textTerms.Clear();
    }

    private int TakeSlot(int ordinal, float length, TokenSpan span, PairSignature signature)
    {
        if (_slotCount == _ordinals.Length)
        {
            Array.Resize(ref _ordinals, 2 * _slotCount);
            Array.Resize(ref _lengths, 2 * _slotCount);
            Array.Resize(ref _spans, 2 * _slotCount);
            Array.Resize(ref _signatures, 2 * _slotCount);
        }

        _ordinals[_slotCount] = ordinal;
        _lengths[_slotCount] = length;
        _spans[_slotCount] = span;
        _signatures[_slotCount] = signature;
        return _slotCount++;
    }

    // The documents keep their order, so no answer changes.
    private void Compact()
    {
        var (ordinals, lengths, spans, signatures, sequences, slotCount) = (_ordinals, _lengths, _spans, _signatures, _sequences, _slotCount);
        _lists = new PostingLists();
        _sequences = new TokenSequences();
        _slotCount = 0;
        _ordinals = new int[Count + 16];
        _lengths = new float[Count + 16];
        _spans = new TokenSpan[Count + 16];
        _signatures = new PairSignature[Count + 16];
        for (var old = 0; old < slotCount; old++)
        {
            if (float.IsFinite(lengths[old]))
            {
                CopyTerms(sequences.Read(spans[old]));
                var slot = TakeSlot(ordinals[old], lengths[old], _sequences.Keep(), signatures[old]);
                _slotOf[ordinals[old]] = slot;
                AddPostings(slot);
            }
        }
    }

    private void CopyTerms(TokenSequences.TermReader terms)
    {
        while (terms.MoveNext())
        {
            _sequences.Append(terms.Current);
            CountTerm(terms.Current);
        }
    }
}
