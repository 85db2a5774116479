namespace MemoryCluster.Index.Vectors;

/// <summary>
/// A fixed rotation that looks random: after it every component of a vector says about as much as any other, whatever its model did, so that few bits a
/// component suffice, and what rounding takes away points in no direction that a query would share (RaBitQ, Gao and Long 2024, §3.1).
/// </summary>
/// <remarks>
/// <code>
/// round 1:  signs, then Hadamard transforms of the largest powers of two that fit, from the front     | 256        | 128   |
/// round 2:  other signs, then the same from the back                                                  | 128   | 256        |
/// </code>
/// Sums and products in a fixed order: the same bits on every machine.
/// </remarks>
internal sealed class Rotation
{
    private readonly float[][] _signs;
    private readonly int[] _blocks;

    public Rotation(int dimensions)
    {
        _signs = [SignsOf(dimensions, 1), SignsOf(dimensions, 2)];
        var blocks = new List<int>();
        for (var left = dimensions; left > 0; left -= blocks[^1])
        {
            blocks.Add(1 << (31 - int.LeadingZeroCount(left)));
        }

        _blocks = [.. blocks];
    }

    public void Apply(Span<float> vector)
    {
        Flip(vector, _signs[0]);
        TransformFromFront(vector);
        Flip(vector, _signs[1]);
        TransformFromBack(vector);
    }

    /// <summary>Takes <see cref="Apply"/> back: each of its steps is its own inverse.</summary>
    public void Invert(Span<float> vector)
    {
        TransformFromBack(vector);
        Flip(vector, _signs[1]);
        TransformFromFront(vector);
        Flip(vector, _signs[0]);
    }

    private void TransformFromFront(Span<float> vector)
    {
        foreach (var block in _blocks)
        {
            Transform(vector[..block]);
            vector = vector[block..];
        }
    }

    private void TransformFromBack(Span<float> vector)
    {
        foreach (var block in _blocks)
        {
            Transform(vector[^block..]);
            vector = vector[..^block];
        }
    }

    private static void Flip(Span<float> vector, float[] signs)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] *= signs[i];
        }
    }

    // Walsh and Hadamard's, scaled to keep lengths.
    private static void Transform(Span<float> block)
    {
        for (var half = 1; half < block.Length; half *= 2)
        {
            for (var start = 0; start < block.Length; start += 2 * half)
            {
                var low = block.Slice(start, half);
                var high = block.Slice(start + half, half);
                for (var i = 0; i < low.Length; i++)
                {
                    (low[i], high[i]) = (low[i] + high[i], low[i] - high[i]);
                }
            }
        }

        var scale = 1 / MathF.Sqrt(block.Length);
        for (var i = 0; i < block.Length; i++)
        {
            block[i] *= scale;
        }
    }

    // SplitMix64 (Steele 2014).
    private static float[] SignsOf(int dimensions, ulong seed)
    {
        var signs = new float[dimensions];
        var state = seed;
        for (var i = 0; i < dimensions; i++)
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            signs[i] = ((mixed ^ (mixed >> 31)) & 1) == 0 ? 1 : -1;
        }

        return signs;
    }
}
