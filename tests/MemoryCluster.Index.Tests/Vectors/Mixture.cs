using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

/// <summary>Vectors in clusters that overlap, as texts of a team do: near rows are nearer than those of uniform noise, and close calls are many.</summary>
internal sealed class Mixture(int dimensions, int clusters, int seed)
{
    private readonly Random _random = new(seed);
    private readonly float[][] _centres = [.. Centres(dimensions, clusters, seed)];

    public float[] Next()
    {
        var centre = _centres[_random.Next(_centres.Length)];
        var other = _centres[_random.Next(_centres.Length)];
        var share = _random.NextSingle();
        var noise = _random.NextUnitVector(dimensions);
        var vector = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            vector[i] = centre[i] + (0.5f * share * other[i]) + noise[i];
        }

        return UnitVector.TryNormalize(vector) ? vector : noise;
    }

    private static IEnumerable<float[]> Centres(int dimensions, int clusters, int seed)
    {
        var random = new Random(seed + 1);
        return Enumerable.Range(0, clusters).Select(_ => random.NextUnitVector(dimensions));
    }
}
