namespace MemoryCluster.Index.Vectors;

/// <summary>The one place that decides what a usable direction is.</summary>
public static class UnitVector
{
    // float32 rounding of a normalised vector of 16,384 components stays below this; such a vector keeps its exact bits.
    private const double SquaredLengthTolerance = 1e-5;

    /// <summary>Scales the vector to length 1 in place; false, with the vector untouched, when it has no direction (zero or not finite).</summary>
    public static bool TryNormalize(Span<float> vector)
    {
        var squaredLength = SquaredLength(vector);
        if (!double.IsFinite(squaredLength) || squaredLength == 0)
        {
            return false;
        }

        if (Math.Abs(squaredLength - 1) > SquaredLengthTolerance)
        {
            Scale(vector, Math.Sqrt(squaredLength));
        }

        return true;
    }

    // One sum, in order and in double: the same bits on every machine, and no float's square leaves the range.
    private static double SquaredLength(ReadOnlySpan<float> vector)
    {
        var sum = 0.0;
        foreach (var component in vector)
        {
            sum += (double)component * component;
        }

        return sum;
    }

    private static void Scale(Span<float> vector, double length)
    {
        foreach (ref var component in vector)
        {
            component = (float)(component / length);
        }
    }
}
