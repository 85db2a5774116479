using System.Numerics.Tensors;

namespace MemoryCluster.Index.Vectors;

/// <summary>
/// How vectors become bytes. A row is x ≈ scale · r with r in −127..127; a query is q ≈ scale · (u − 64) with u in 1..127, so that
/// q · x ≈ scale · scale · (Σ u r − 64 Σ r) and two products of the sum always fit sixteen bits: no instruction saturates, and every
/// machine gets the same integer.
/// </summary>
internal static class Int8Code
{
    public const int QueryOffset = 64;

    private const float RowMax = 127;
    private const float QueryMax = 63;

    /// <summary>Bytes of one code: whole 64-byte lanes.</summary>
    public static int BytesOf(int dimensions) => (dimensions + 63) / 64 * 64;

    /// <summary>Writes the code of a row and returns its scale and 64 Σ r. What is beyond the vector must be zero already.</summary>
    public static (float Scale, int Bias) EncodeRow(ReadOnlySpan<float> vector, Span<sbyte> code)
    {
        var scale = ScaleOf(vector, RowMax);
        var sum = 0;
        for (var i = 0; i < vector.Length; i++)
        {
            var step = (int)MathF.Round(vector[i] / scale);
            code[i] = (sbyte)step;
            sum += step;
        }

        return (scale, QueryOffset * sum);
    }

    /// <summary>Writes the code of a query and returns its scale.</summary>
    public static float EncodeQuery(ReadOnlySpan<float> vector, Span<byte> code)
    {
        var scale = ScaleOf(vector, QueryMax);
        for (var i = 0; i < vector.Length; i++)
        {
            code[i] = (byte)(QueryOffset + (int)MathF.Round(vector[i] / scale));
        }

        code[vector.Length..].Clear();
        return scale;
    }

    // By how many standard deviations of rounding a code's score may be off and the vector still be scored in full.
    private const float Margin = 4;

    /// <summary>
    /// How far the score of a code may be from that of its vector, in units of the query's scale: rounding to steps of s adds s²/12 of
    /// variance a component; the row's meets the query's length, the query's meets a row of length 1.
    /// </summary>
    public static float Rounding(ReadOnlySpan<float> query, float queryScale, float rowScale)
    {
        var length = TensorPrimitives.SumOfSquares(query);
        return Margin * MathF.Sqrt(((rowScale * rowScale * length) + (queryScale * queryScale)) / 12) / queryScale;
    }

    // A query without direction is answered too: every score is 0.
    private static float ScaleOf(ReadOnlySpan<float> vector, float steps)
    {
        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(vector)) / steps;
        return scale > 0 ? scale : 1;
    }
}
