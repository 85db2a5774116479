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

    public PhraseScorer(PhraseList list, in Bm25Collection collection, float shareMax)
    {
        _list = list;
        _collection = collection;
        _shareMax = list.Phrases.IsEmpty ? 0 : shareMax;
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
        var narrow = _collection.Sequences.Narrow(_collection.Spans[slot]);
        foreach (ref readonly var phrase in _list.Phrases)
        {
            if (!signature.Meets(phrase.Signature))
            {
                continue;
            }

            var terms = _list.TermsOf(phrase);
            var frequency = phrase.IsWide ? Frequency(_list.Decode(_collection.Read(slot)), terms) : Frequency(narrow, terms);
            score += frequency == 0 ? 0 : _collection.Norm.Score(phrase.Scale, frequency, _collection.Lengths[slot]);
        }

        return score;
    }

    /// <summary>The same of a sequence that was decoded already.</summary>
    public int Score(ReadOnlySpan<int> sequence, float length)
    {
        var score = 0;
        foreach (ref readonly var phrase in _list.Phrases)
        {
            var frequency = Frequency(sequence, _list.TermsOf(phrase));
            score += frequency == 0 ? 0 : _collection.Norm.Score(phrase.Scale, frequency, length);
        }

        return score;
    }

    private static int Frequency<T>(ReadOnlySpan<T> sequence, ReadOnlySpan<PhraseTerm> terms)
        where T : unmanaged, IBinaryInteger<T>
    {
        var frequency = 0;
        var places = sequence.Length - terms[^1].Offset;
        ref var first = ref MemoryMarshal.GetReference(sequence);
        var from = 0;
        for (; from + Vector256<T>.Count <= places; from += Vector256<T>.Count)
        {
            var stands = Vector256<T>.AllBitsSet;
            foreach (ref readonly var term in terms)
            {
                stands &= Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)(from + term.Offset)), Vector256.Create(T.CreateTruncating(term.Term)));
            }

            frequency += BitOperations.PopCount(stands.ExtractMostSignificantBits());
        }

        for (; from < places; from++)
        {
            frequency += StandsAt(sequence[from..], terms) ? 1 : 0;
        }

        return frequency;
    }

    private static bool StandsAt<T>(ReadOnlySpan<T> sequence, ReadOnlySpan<PhraseTerm> terms)
        where T : unmanaged, IBinaryInteger<T>
    {
        foreach (ref readonly var term in terms)
        {
            if (sequence[term.Offset] != T.CreateTruncating(term.Term))
            {
                return false;
            }
        }

        return true;
    }
}
