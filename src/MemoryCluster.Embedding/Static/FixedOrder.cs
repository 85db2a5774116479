using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemoryCluster.Embedders;

/// <summary>
/// Arithmetic whose every rounding is the same on every machine: four sums side by side, whatever the processor's width, and a product
/// and a sum are never fused. Lengths are multiples of four.
/// </summary>
internal static class FixedOrder
{
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sum = Vector128<float>.Zero;
        var rights = MemoryMarshal.Cast<float, Vector128<float>>(right);
        var lefts = MemoryMarshal.Cast<float, Vector128<float>>(left);
        for (var i = 0; i < lefts.Length; i++)
        {
            sum += lefts[i] * rights[i];
        }

        return sum[0] + sum[1] + (sum[2] + sum[3]);
    }

    public static float Norm(ReadOnlySpan<float> vector) => MathF.Sqrt(Dot(vector, vector));

    /// <summary>target += scale × source.</summary>
    public static void Add(Span<float> target, ReadOnlySpan<float> source, float scale)
    {
        var factor = Vector128.Create(scale);
        var targets = MemoryMarshal.Cast<float, Vector128<float>>(target);
        var sources = MemoryMarshal.Cast<float, Vector128<float>>(source);
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] += sources[i] * factor;
        }
    }

    public static void Scale(Span<float> vector, float scale)
    {
        foreach (ref var component in vector)
        {
            component *= scale;
        }
    }
}
