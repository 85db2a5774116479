namespace MemoryCluster.Index.Lexical;

/// <summary>
/// Which pairs of near words a document may have: a bit of 123 for each that it has (B. H. Bloom, "Space/time trade-offs in hash coding
/// with allowable errors", CACM 13(7), 1970, with one hash). A text of twenty words sets a quarter of them, so three of four documents
/// in which the words of a pair do not stand as in the query need not be looked into.
/// </summary>
/// <remarks>
/// <code>
/// | bits 0 .. 122: pairs | 123: set in every document's | 124 .. 127: the highest frequency of a term that is no stop word, 15 for more |
/// </code>
/// </remarks>
internal readonly record struct PairSignature(ulong Low, ulong High)
{
    /// <summary>"lake of the woods": two words between two words still leave them near.</summary>
    public const int DistanceMax = 3;

    private const int PairBits = 123;
    private const int FrequencyShift = 60;
    private const int FrequencyMax = 15;

    /// <summary>Every document's signature meets it.</summary>
    public static PairSignature Any => new(0, 1UL << (PairBits - 64));

    public static PairSignature Of(int first, int second, int distance)
    {
        var hash = ((uint)first * 0x9E3779B1u) + ((uint)second * 0x85EBCA77u) + ((uint)distance * 0xC2B2AE3Du);
        var bit = (int)((((hash ^ (hash >> 15)) * 0x2C1B3C6Du) * (ulong)PairBits) >> 32);
        return bit < 64 ? new PairSignature(1UL << bit, 0) : new PairSignature(0, 1UL << (bit - 64));
    }

    public PairSignature With(PairSignature other) => new(Low | other.Low, High | other.High);

    public PairSignature WithFrequency(int highest) => this with { High = High | ((ulong)Math.Min(highest, FrequencyMax) << FrequencyShift) };

    /// <summary>No term of the document that is no stop word, and so no phrase with one, occurs more often.</summary>
    public int Frequency => (int)(High >> FrequencyShift) is var highest && highest < FrequencyMax ? highest : int.MaxValue;

    /// <summary>Whether a bit of the query's <paramref name="phrases"/> is set here.</summary>
    public bool Meets(PairSignature phrases) => ((Low & phrases.Low) | (High & phrases.High)) != 0;
}

/// <summary>Collects a text's signature from its tokens in order.</summary>
internal struct PairSignatureReader()
{
    private int _first = -1;
    private int _second = -1;
    private int _third = -1;

    public PairSignature Signature { get; private set; } = PairSignature.Any;

    /// <param name="term">-1 for a token that makes no pairs: stop words, and ideographs, which come with the pair that they stand in.</param>
    public void Add(int term)
    {
        if (term >= 0)
        {
            AddPair(_third, term, 1);
            AddPair(_second, term, 2);
            AddPair(_first, term, 3);
        }

        (_first, _second, _third) = (_second, _third, term);
    }

    private void AddPair(int first, int second, int distance)
    {
        if (first >= 0)
        {
            Signature = Signature.With(PairSignature.Of(first, second, distance));
        }
    }
}
