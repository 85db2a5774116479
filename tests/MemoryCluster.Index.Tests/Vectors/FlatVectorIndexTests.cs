using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

public sealed class FlatVectorIndexTests : VectorIndexContract
{
    protected override IVectorIndex Create(int dimensions) => new FlatVectorIndex(dimensions);

    [Fact]
    public void GrowthOverManyBlocks_KeepsEveryVector()
    {
        const int Vectors = 20_000;
        var random = new Random(1);
        var index = new FlatVectorIndex(8);
        var vectors = Enumerable.Range(0, Vectors).Select(_ => random.NextUnitVector(8)).ToArray();
        for (var i = 0; i < Vectors; i++)
        {
            index.Add(i, vectors[i]);
        }

        var copy = new float[8];
        for (var i = 0; i < Vectors; i++)
        {
            Assert.True(index.TryCopyTo(i, copy));
            Assert.Equal(vectors[i], copy);
        }
    }
}
