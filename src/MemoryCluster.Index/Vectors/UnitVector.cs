using System.Numerics.Tensors;

namespace MemoryCluster.Index.Vectors;

/// <summary>The one place that decides what a usable direction is.</summary>
public static class UnitVector
{
    // float32 rounding of a normalised vector of 16,384 components stays below this; such a vector keeps its exact bits.
    private const float SquaredLengthTolerance = 1e-5f;

    /// <summary>Scales the vector to length 1 in place; false, with the vector untouched, when it has no direction (zero or not finite).</summary>
    public static bool TryNormalize(Span<float> vector)
    {
        var squaredLength = TensorPrimitives.SumOfSquares<float>(vector);
        if (MathF.Abs(squaredLength - 1) <= SquaredLengthTolerance)
        {
            return true;
        }

        return float.IsNormal(squaredLength)
            ? Scale(vector, 1 / MathF.Sqrt(squaredLength))
            : TryNormalizeExtremes(vector);
    }

    // Squares of very large or very small components leave float's range although the vector itself has a direction.
    private static bool TryNormalizeExtremes(Span<float> vector)
    {
        var largest = vector.IsEmpty ? 0 : TensorPrimitives.MaxMagnitude<float>(vector);
        if (!float.IsFinite(largest) || largest == 0)
        {
            return false;
        }

        TensorPrimitives.Divide(vector, MathF.Abs(largest), vector);
        return Scale(vector, 1 / MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(vector)));
    }

    private static bool Scale(Span<float> vector, float factor)
    {
        TensorPrimitives.Multiply(vector, factor, vector);
        return true;
    }
}
