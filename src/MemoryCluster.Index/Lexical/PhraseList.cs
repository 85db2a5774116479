namespace MemoryCluster.Index.Lexical;

/// <summary>The phrases of one query and room to read a document's terms into.</summary>
internal sealed class PhraseList
{
    private Phrase[] _phrases = new Phrase[16];
    private PhraseTerm[] _terms = new PhraseTerm[32];
    private int[] _sequence = new int[512];
    private int _count;
    private int _termCount;

    /// <summary>A document that does not meet it has none of the phrases.</summary>
    public PairSignature Signature { get; private set; }

    /// <summary>Whether the query has nothing but stop words, of whose frequency no signature knows.</summary>
    public bool AreStopWords { get; set; }

    public bool HasNeighbours { get; private set; }

    public bool HasQuotations { get; private set; }

    public Span<Phrase> Phrases => _phrases.AsSpan(0, _count);

    public ReadOnlySpan<PhraseTerm> TermsOf(in Phrase phrase) => _terms.AsSpan(phrase.FirstTerm, phrase.TermCount);

    /// <summary>Takes a phrase whose terms were added since the last one.</summary>
    /// <param name="signature">What a document's signature must meet for the phrase to be in it.</param>
    public void Close(float share, PairSignature signature)
    {
        HasQuotations |= signature == PairSignature.Any;
        HasNeighbours |= signature != PairSignature.Any;
        var first = _count == 0 ? 0 : _phrases[_count - 1].FirstTerm + _phrases[_count - 1].TermCount;
        if (_count == _phrases.Length)
        {
            Array.Resize(ref _phrases, 2 * _count);
        }

        var isWide = false;
        foreach (var term in _terms.AsSpan(first, _termCount - first))
        {
            isWide |= term.Term >= TokenSequences.Wide;
        }

        _phrases[_count++] = new Phrase(first, _termCount - first, share, 0, isWide, signature);
        Signature = Signature.With(signature);
    }

    /// <summary>Drops the terms added since the last phrase.</summary>
    public void Drop() => _termCount = _count == 0 ? 0 : _phrases[_count - 1].FirstTerm + _phrases[_count - 1].TermCount;

    /// <param name="cursor">The number of the term in the query; -1 for a stop word, which must stand there but weighs nothing.</param>
    public void AddTerm(int term, int cursor, int offset)
    {
        if (_termCount == _terms.Length)
        {
            Array.Resize(ref _terms, 2 * _termCount);
        }

        _terms[_termCount++] = new PhraseTerm(term, cursor, offset);
    }

    /// <summary>The terms of a text, and behind them room that a vector may read.</summary>
    public ReadOnlySpan<int> DecodePadded(TokenSequences.TermReader terms, out int count)
    {
        count = 0;
        while (terms.MoveNext())
        {
            if (count + TokenSequences.Padding == _sequence.Length)
            {
                Array.Resize(ref _sequence, 2 * _sequence.Length);
            }

            _sequence[count++] = terms.Current;
        }

        return _sequence.AsSpan(0, count + TokenSequences.Padding);
    }

    public void Clear()
    {
        _count = _termCount = 0;
        Signature = default;
        AreStopWords = HasNeighbours = HasQuotations = false;
    }
}

/// <summary>Terms that stand at given places to each other.</summary>
/// <param name="Share">What share of its terms' weights the phrase scores.</param>
/// <param name="Scale">The share of the weights, in the query's units.</param>
/// <param name="IsWide">Whether a term's number does not stand in its place of a sequence.</param>
internal readonly record struct Phrase(int FirstTerm, int TermCount, float Share, float Scale, bool IsWide, PairSignature Signature);

internal readonly record struct PhraseTerm(int Term, int Cursor, int Offset);
