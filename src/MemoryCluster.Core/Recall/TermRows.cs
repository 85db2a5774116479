using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Recall;

/// <summary>How often each of the query's terms stands in each text that ranking looks at; every text is counted once.</summary>
internal sealed class TermRows
{
    // As in the index itself: k1 and b of BM25.
    private const float Saturation = Bm25Index.DefaultSaturation;
    private const float LengthNormalization = Bm25Index.DefaultLengthNormalization;

    private readonly OrdinalNumbers _rows = new();
    private byte[] _frequencies = new byte[512 * TermQuery.TermsMax];
    private int[] _lengths = new int[512];

    public TermQuery Terms { get; } = new();

    public void Clear() => _rows.Clear();

    /// <summary>The text's frequencies and its length; a text that is hidden has length -1, as one that is not there.</summary>
    public ReadOnlySpan<byte> Read(Bm25Index index, in RecallFilter filter, int ordinal, out int length)
    {
        var known = _rows.Count;
        var row = _rows.NumberOf(ordinal);
        if (row == _lengths.Length)
        {
            Array.Resize(ref _lengths, 2 * row);
            Array.Resize(ref _frequencies, 2 * row * TermQuery.TermsMax);
        }

        var frequencies = _frequencies.AsSpan(row * TermQuery.TermsMax, Terms.Count);
        if (row == known)
        {
            frequencies.Clear();
            _lengths[row] = filter.Accepts(ordinal) ? index.CountTerms(Terms, ordinal, frequencies) : -1;
        }

        length = _lengths[row];
        return frequencies;
    }

    /// <summary>BM25's saturation, 0 to 1, of a frequency in a text of this length.</summary>
    public float Saturated(float frequency, float length) =>
        frequency <= 0 ? 0 : frequency / (frequency + (Saturation * (1 - LengthNormalization + (LengthNormalization * length / Terms.MeanLength))));
}
