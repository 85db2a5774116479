using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

internal static class RandomVectors
{
    public static float[] NextUnitVector(this Random random, int dimensions)
    {
        var vector = new float[dimensions];
        do
        {
            for (var i = 0; i < dimensions; i++)
            {
                vector[i] = (random.NextSingle() * 2) - 1;
            }
        }
        while (!UnitVector.TryNormalize(vector));

        return vector;
    }
}
