using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>
/// Seeded unit vectors as hard as texts: overlapping clusters in a space of fewer directions than components, each direction weaker than
/// the one before, and noise on every component.
/// </summary>
internal sealed class HardMixture
{
    private const int Clusters = 100;
    private const int Directions = 96;
    private const float CentreShare = 0.5f;
    private const float NoiseShare = 0.6f;

    private readonly int _dimensions;
    private readonly float[][] _directions;
    private readonly float[][] _centres;

    public HardMixture(int dimensions, int seed)
    {
        _dimensions = dimensions;
        var random = new Random(seed);
        _directions = [.. Enumerable.Range(0, Directions).Select(i => Gaussian(random, dimensions, 1 / MathF.Sqrt(dimensions * (1 + (i / 32f)))))];
        _centres = [.. Enumerable.Range(0, Clusters).Select(_ => Gaussian(random, Directions, 1))];
    }

    /// <summary>One vector of the stream that <paramref name="random"/> stands for.</summary>
    public void Next(Random random, Span<float> vector)
    {
        var centre = _centres[random.Next(Clusters)];
        Gaussian(random, vector, NoiseShare / MathF.Sqrt(_dimensions) * MathF.Sqrt(Directions / 4f));
        for (var i = 0; i < Directions; i++)
        {
            var weight = (CentreShare * centre[i]) + (NextGaussian(random) * (1 - CentreShare));
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(_directions[i], weight, vector, vector);
        }

        UnitVector.TryNormalize(vector);
    }

    private static float[] Gaussian(Random random, int count, float deviation)
    {
        var values = new float[count];
        Gaussian(random, values, deviation);
        return values;
    }

    private static void Gaussian(Random random, Span<float> values, float deviation)
    {
        foreach (ref var value in values)
        {
            value = NextGaussian(random) * deviation;
        }
    }

    // Box and Muller 1958.
    private static float NextGaussian(Random random) =>
        MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
}
