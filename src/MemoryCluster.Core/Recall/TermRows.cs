using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Recall;

/// <summary>
/// How often each of the query's terms stands in each text that ranking looks at; every text is counted once. A row is read eight terms
/// at a time, as floats; behind the last term it is zero.
/// </summary>
internal sealed class TermRows
{
    // As in the index itself: k1 and b of BM25.
    private const float Saturation = Bm25Index.DefaultSaturation;
    private const float LengthNormalization = Bm25Index.DefaultLengthNormalization;

    private readonly OrdinalNumbers _rows = new();
    private byte[] _frequencies = new byte[512 * TermQuery.TermsMax];
    private int[] _lengths = new int[512];

    public TermQuery Terms { get; } = new();

    /// <summary>How many times eight terms a row has.</summary>
    public int Blocks => (Terms.Count + Vector256<float>.Count - 1) / Vector256<float>.Count;

    public void Clear() => _rows.Clear();

    /// <summary>The number of the text's row; good until the rows are cleared.</summary>
    public int RowOf(Bm25Index index, in RecallFilter filter, int ordinal)
    {
        var known = _rows.Count;
        var row = _rows.NumberOf(ordinal);
        if (row == known)
        {
            Count(index, filter, ordinal, row);
        }

        return row;
    }

    /// <summary>The text's length without stop words; -1 where it is hidden, as where it is not there.</summary>
    public int LengthOf(int row) => _lengths[row];

    /// <summary>How often each term stands there, 255 for more.</summary>
    public ReadOnlySpan<byte> FrequenciesOf(int row) => _frequencies.AsSpan(row * TermQuery.TermsMax, Terms.Count);

    /// <summary>Eight terms' frequencies.</summary>
    public Vector256<float> FrequenciesOf(int row, int block)
    {
        var eight = MemoryMarshal.Read<ulong>(_frequencies.AsSpan((row * TermQuery.TermsMax) + (block * Vector256<float>.Count)));
        var (words, _) = Vector128.Widen(Vector128.CreateScalar(eight).AsByte());
        var (lower, upper) = Vector128.Widen(words);
        return Vector256.ConvertToSingle(Vector256.Create(lower, upper).AsInt32());
    }

    /// <summary>Eight terms' weights.</summary>
    public Vector256<float> WeightsOf(int block) => Vector256.Create(Terms.PaddedWeights[(block * Vector256<float>.Count)..]);

    /// <summary>What BM25's saturation adds to a frequency in a text of this length.</summary>
    public float NormOf(float length) => Saturation * (1 - LengthNormalization + (LengthNormalization * Math.Max(0, length) / Terms.MeanLength));

    /// <summary>BM25 of a text, as a sum of weights, and the weight of the rarest of the terms in it.</summary>
    public (float Score, float Rarest) Weigh(int row)
    {
        var (score, rarest) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var norm = Vector256.Create(NormOf(_lengths[row]));
        for (var block = 0; block < Blocks; block++)
        {
            var (frequencies, weights) = (FrequenciesOf(row, block), WeightsOf(block));
            score += weights * (frequencies / (frequencies + norm));
            rarest = Vector256.Max(rarest, weights & Vector256.GreaterThan(frequencies, Vector256<float>.Zero));
        }

        return (SumOf(score), MostOf(rarest));
    }

    /// <summary>BM25 of the terms of the second text that the first has not.</summary>
    public float WeighBeside(int first, int second)
    {
        var score = Vector256<float>.Zero;
        var norm = Vector256.Create(NormOf(_lengths[second]));
        for (var block = 0; block < Blocks; block++)
        {
            var frequencies = FrequenciesOf(second, block) & Vector256.Equals(FrequenciesOf(first, block), Vector256<float>.Zero);
            score += WeightsOf(block) * (frequencies / (frequencies + norm));
        }

        return SumOf(score);
    }

    // In one order on every processor, so that a page does not hang on where it was made.
    public static float SumOf(Vector256<float> values)
    {
        var four = values.GetLower() + values.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    private static float MostOf(Vector256<float> values)
    {
        var four = Vector128.Max(values.GetLower(), values.GetUpper());
        return Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Count(Bm25Index index, in RecallFilter filter, int ordinal, int row)
    {
        if (row == _lengths.Length)
        {
            Array.Resize(ref _lengths, 2 * row);
            Array.Resize(ref _frequencies, 2 * row * TermQuery.TermsMax);
        }

        var frequencies = _frequencies.AsSpan(row * TermQuery.TermsMax, TermQuery.TermsMax);
        frequencies.Clear();
        _lengths[row] = filter.Accepts(ordinal) ? index.CountTerms(Terms, ordinal, frequencies) : -1;
    }
}
