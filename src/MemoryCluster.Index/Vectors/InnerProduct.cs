using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MemoryCluster.Index.Vectors;

/// <summary>
/// Inner products over rows padded to whole 16-float lanes. Written once in 512-bit vectors, which the JIT splits on narrower
/// machines: lanes, fused rounding and the order of the final sum are fixed, so a score has the same bits on every machine.
/// </summary>
internal static class InnerProduct
{
    public const int Lane = 16;

    public static int Pad(int dimensions) => (dimensions + Lane - 1) / Lane * Lane;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(ref readonly float query, ref readonly float row, int length)
    {
        var sum = Vector512<float>.Zero;
        for (nuint i = 0; i < (nuint)length; i += Lane)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(in query, i), Vector512.LoadUnsafe(in row, i), sum);
        }

        return Sum(sum);
    }

    /// <summary>Four rows at once: each part of the query is loaded once for all, and four sums hide the latency of the additions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> OfFour(
        ref readonly float query, ref readonly float row0, ref readonly float row1, ref readonly float row2, ref readonly float row3, int length)
    {
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        var sum2 = Vector512<float>.Zero;
        var sum3 = Vector512<float>.Zero;
        for (nuint i = 0; i < (nuint)length; i += Lane)
        {
            var part = Vector512.LoadUnsafe(in query, i);
            sum0 = Vector512.FusedMultiplyAdd(part, Vector512.LoadUnsafe(in row0, i), sum0);
            sum1 = Vector512.FusedMultiplyAdd(part, Vector512.LoadUnsafe(in row1, i), sum1);
            sum2 = Vector512.FusedMultiplyAdd(part, Vector512.LoadUnsafe(in row2, i), sum2);
            sum3 = Vector512.FusedMultiplyAdd(part, Vector512.LoadUnsafe(in row3, i), sum3);
        }

        return Vector128.Create(Sum(sum0), Sum(sum1), Sum(sum2), Sum(sum3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum(Vector512<float> parts)
    {
        var eight = parts.GetLower() + parts.GetUpper();
        var four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }
}
