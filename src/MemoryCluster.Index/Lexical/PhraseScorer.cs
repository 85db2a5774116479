using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemoryCluster.Index.Lexical;

/// <summary>
/// What a document earns for phrases: each is scored as a term whose frequency is the phrase's and whose weight is a share of the sum of
/// its terms' weights.
/// </summary>
/// <remarks>
/// Ordered neighbours as features beside the terms, with a small fixed share: D. Metzler and W. B. Croft, "A Markov random field model
/// for term dependencies", SIGIR 2005, section 2 (sequential dependence). A phrase occurs no more often than any of its terms, so it
/// never scores more than its share of what they score; with at most two neighbours and one quotation a term,
/// BM25 × (1 + 2 neighbour share + quotation share) bounds the sum, and pruning stays exact.
/// </remarks>
internal readonly ref struct PhraseScorer
{
    // More than the rounding of the bound's own three operations.
    private const float Slack = 0.99999f;

    private readonly PhraseList _list;
    private readonly Bm25Collection _collection;
    private readonly float _shareMax;

    public PhraseScorer(PhraseList list, in Bm25Collection collection, PhraseShares shares)
    {
        _list = list;
        _collection = collection;
        _shareMax = shares.MaxOf(list.HasNeighbours, list.HasQuotations);
    }

    /// <summary>What the terms alone must score where the whole must reach <paramref name="needed"/>.</summary>
    public int LeastWithoutPhrases(int needed) => _shareMax == 0
        ? needed
        : Math.Max(1, (int)((needed - _list.Phrases.Length) * Slack / (1 + _shareMax)) - 1);

    /// <summary>The document's phrases score no more: 0 for most, told without looking into it.</summary>
    public int ScoreMax(int slot)
    {
        var signature = _collection.Signatures[slot];
        if (!signature.Meets(_list.Signature))
        {
            return 0;
        }

        var (scale, count) = (0f, 0);
        foreach (ref readonly var phrase in _list.Phrases)
        {
            if (signature.Meets(phrase.Signature))
            {
                scale += phrase.Scale;
                count++;
            }
        }

        var frequency = _list.AreStopWords ? int.MaxValue : signature.Frequency;
        return _collection.Norm.Score(scale / Slack, frequency, _collection.Lengths[slot]) + count;
    }

    public int Score(int slot)
    {
        var score = 0;
        var signature = _collection.Signatures[slot];
        var narrow = _collection.Sequences.Padded(_collection.Spans[slot]);
        foreach (ref readonly var phrase in _list.Phrases)
        {
            if (!signature.Meets(phrase.Signature))
            {
                continue;
            }

            var terms = _list.TermsOf(phrase);
            var frequency = phrase.IsWide
                ? Frequency(_list.DecodePadded(_collection.Read(slot), out var count), count, terms)
                : Frequency(narrow, _collection.Spans[slot].Count, terms);
            score += frequency == 0 ? 0 : _collection.Norm.Score(phrase.Scale, frequency, _collection.Lengths[slot]);
        }

        return score;
    }

    /// <summary>The same of a sequence that was decoded already.</summary>
    /// <param name="padded">The terms of <paramref name="count"/> tokens and room behind them.</param>
    public int Score(ReadOnlySpan<int> padded, int count, float length)
    {
        var score = 0;
        foreach (ref readonly var phrase in _list.Phrases)
        {
            var frequency = Frequency(padded, count, _list.TermsOf(phrase));
            score += frequency == 0 ? 0 : _collection.Norm.Score(phrase.Scale, frequency, length);
        }

        return score;
    }

    // Whole vectors to the end and beyond: what was read behind the text is masked out, and readers have room for it there.
    private static int Frequency<T>(ReadOnlySpan<T> padded, int count, ReadOnlySpan<PhraseTerm> terms)
        where T : unmanaged, IBinaryInteger<T>
    {
        Debug.Assert(padded.Length >= count + TokenSequences.Padding);
        var frequency = 0;
        var places = count - terms[^1].Offset;
        ref var first = ref MemoryMarshal.GetReference(padded);
        for (var from = 0; from < places; from += Vector256<T>.Count)
        {
            var stands = Vector256<T>.AllBitsSet;
            foreach (ref readonly var term in terms)
            {
                stands &= Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)(from + term.Offset)), Vector256.Create(T.CreateTruncating(term.Term)));
            }

            var inText = places - from >= Vector256<T>.Count ? uint.MaxValue : (1u << (places - from)) - 1;
            frequency += BitOperations.PopCount(stands.ExtractMostSignificantBits() & inText);
        }

        return frequency;
    }
}
