using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace MemoryCluster.Index.Vectors;

/// <summary>Sums of byte products, Σ u r, over whole 64-byte lanes (<see cref="Int8Code"/>). Integers: every path gives the same bits.</summary>
internal static unsafe class Int8Product
{
    public const int Lane = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(byte* query, sbyte* row, int length)
    {
        var even = Vector512<int>.Zero;
        var odd = Vector512<int>.Zero;
        var i = 0;
        for (; i <= length - (2 * Lane); i += 2 * Lane)
        {
            even = Add(even, query + i, row + i);
            odd = Add(odd, query + i + Lane, row + i + Lane);
        }

        if (i < length)
        {
            even = Add(even, query + i, row + i);
        }

        return Vector512.Sum(even + odd);
    }

    /// <summary>One query, four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> OfFourRows(byte* query, sbyte* row0, sbyte* row1, sbyte* row2, sbyte* row3, int length)
    {
        var sum0 = Vector512<int>.Zero;
        var sum1 = Vector512<int>.Zero;
        var sum2 = Vector512<int>.Zero;
        var sum3 = Vector512<int>.Zero;
        for (var i = 0; i < length; i += Lane)
        {
            sum0 = Add(sum0, query + i, row0 + i);
            sum1 = Add(sum1, query + i, row1 + i);
            sum2 = Add(sum2, query + i, row2 + i);
            sum3 = Add(sum3, query + i, row3 + i);
        }

        return Sums(sum0, sum1, sum2, sum3);
    }

    /// <summary>
    /// One query, four rows that follow one another in memory: read in their order, which the processor's own prefetching follows. Four
    /// at once would be four streams, and half as fast on rows that come from memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> OfRun(byte* query, sbyte* rows, int length) => Sums(
        SumOf(query, rows, length),
        SumOf(query, rows + length, length),
        SumOf(query, rows + (2 * (nint)length), length),
        SumOf(query, rows + (3 * (nint)length), length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> SumOf(byte* query, sbyte* row, int length)
    {
        var sum = Vector512<int>.Zero;
        for (var i = 0; i < length; i += Lane)
        {
            sum = Add(sum, query + i, row + i);
        }

        return sum;
    }

    /// <summary>Four queries, <paramref name="stride"/> bytes apart, one row: each byte of the row is read once for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> OfFourQueries(byte* queries, int stride, sbyte* row, int length)
    {
        var sum0 = Vector512<int>.Zero;
        var sum1 = Vector512<int>.Zero;
        var sum2 = Vector512<int>.Zero;
        var sum3 = Vector512<int>.Zero;
        for (var i = 0; i < length; i += Lane)
        {
            var part = queries + i;
            sum0 = Add(sum0, part, row + i);
            sum1 = Add(sum1, part + stride, row + i);
            sum2 = Add(sum2, part + (2 * (nint)stride), row + i);
            sum3 = Add(sum3, part + (3 * (nint)stride), row + i);
        }

        return Sums(sum0, sum1, sum2, sum3);
    }

    /// <summary>The same sum, a product at a time: what the other paths are held against, and what a processor without vectors runs.</summary>
    public static int OfScalar(ReadOnlySpan<byte> query, ReadOnlySpan<sbyte> row)
    {
        var sum = 0;
        for (var i = 0; i < row.Length; i++)
        {
            sum += query[i] * row[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Add(Vector512<int> sum, byte* query, sbyte* row)
    {
        if (Avx512BW.IsSupported)
        {
            var pairs = Avx512BW.MultiplyAddAdjacent(Vector512.Load(query), Vector512.Load(row));
            return sum + Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One);
        }

        return Vector512.Create(AddHalf(sum.GetLower(), query, row), AddHalf(sum.GetUpper(), query + 32, row + 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> AddHalf(Vector256<int> sum, byte* query, sbyte* row)
    {
        if (AvxVnni.IsSupported)
        {
            return AvxVnni.MultiplyWideningAndAdd(sum, Vector256.Load(query), Vector256.Load(row));
        }

        if (Avx2.IsSupported)
        {
            var pairs = Avx2.MultiplyAddAdjacent(Vector256.Load(query), Vector256.Load(row));
            return sum + Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);
        }

        return Vector256.Create(AddQuarter(sum.GetLower(), query, row), AddQuarter(sum.GetUpper(), query + 16, row + 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> AddQuarter(Vector128<int> sum, byte* query, sbyte* row)
    {
        if (Dp.IsSupported)
        {
            // A query's bytes are at most 127: read as signed they are the same.
            return Dp.DotProduct(sum, Vector128.Load((sbyte*)query), Vector128.Load(row));
        }

        var (queryLow, queryHigh) = Vector128.Widen(Vector128.Load((sbyte*)query));
        var (rowLow, rowHigh) = Vector128.Widen(Vector128.Load(row));
        var (low, high) = (Vector128.Widen(queryLow * rowLow), Vector128.Widen(queryHigh * rowHigh));
        return sum + low.Lower + low.Upper + high.Lower + high.Upper;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Sums(Vector512<int> sum0, Vector512<int> sum1, Vector512<int> sum2, Vector512<int> sum3)
    {
        if (!Avx2.IsSupported)
        {
            return Vector128.Create(Vector512.Sum(sum0), Vector512.Sum(sum1), Vector512.Sum(sum2), Vector512.Sum(sum3));
        }

        var first = Avx2.HorizontalAdd(Halves(sum0), Halves(sum1));
        var second = Avx2.HorizontalAdd(Halves(sum2), Halves(sum3));
        var all = Avx2.HorizontalAdd(first, second);
        return all.GetLower() + all.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Halves(Vector512<int> sum) => sum.GetLower() + sum.GetUpper();
}
