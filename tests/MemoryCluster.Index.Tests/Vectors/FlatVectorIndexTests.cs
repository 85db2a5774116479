using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

public sealed class FlatVectorIndexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(384)]
    public void RandomOperations_AnswerAsADictionary(int dimensions)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var index = new FlatVectorIndex(dimensions);
            var model = new Dictionary<int, float[]>();
            for (var step = 0; step < 1_000; step++)
            {
                Change(index, model, random);
                if (step % 100 == 99)
                {
                    AssertSameAnswers(index, model, random, $"seed {seed}, step {step}");
                }
            }
        }
    }

    private static void Change(FlatVectorIndex index, Dictionary<int, float[]> model, Random random)
    {
        var ordinal = random.Next(400) * (random.Next(10) == 0 ? 1_000_003 : 1);
        if (model.Remove(ordinal))
        {
            Assert.True(index.Remove(ordinal));
            return;
        }

        Assert.False(index.Remove(ordinal));
        model.Add(ordinal, random.NextUnitVector(index.Dimensions));
        index.Add(ordinal, model[ordinal]);
    }

    private static void AssertSameAnswers(FlatVectorIndex index, Dictionary<int, float[]> model, Random random, string because)
    {
        var query = random.NextUnitVector(index.Dimensions);
        var hits = new ScoredOrdinal[20];

        hits = hits[..index.Search(query, hits, new DivisibleBy(3))];

        var expected = model.Keys.Where(o => o % 3 == 0).Select(o => new ScoredOrdinal(o, index.Score(query, o)))
            .OrderByDescending(h => h.Score).ThenBy(h => h.Ordinal).Take(20).ToArray();
        Assert.True(expected.SequenceEqual(hits), because);
        Assert.All(hits, hit => Assert.Equal(Dot(query, model[hit.Ordinal]), hit.Score, 1e-5));
        Assert.Equal(model.Count, index.Count);
    }

    private static double Dot(float[] left, float[] right) => left.Zip(right, (l, r) => (double)l * r).Sum();

    [Fact]
    public void GrowthOverManyChunks_KeepsEveryVector()
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

    [Fact]
    public void Removed_IsNotFound_AndItsOrdinalMayReturn()
    {
        var index = new FlatVectorIndex(2);
        index.Add(7, [1, 0]);
        index.Add(8, [0, 1]);

        Assert.True(index.Remove(7));
        Assert.Equal([8], Search(index, [1, 0]));

        index.Add(7, [0, 1]);
        Assert.Equal([7, 8], Search(index, [0, 1]));
    }

    private static int[] Search(FlatVectorIndex index, float[] query)
    {
        var hits = new ScoredOrdinal[10];
        return [.. hits.Take(index.Search(query, hits, default(AcceptAll))).Select(h => h.Ordinal)];
    }

    [Theory]
    [InlineData(new float[] { 1, 0, 0 })]
    [InlineData(new float[] { 1 })]
    [InlineData(new float[] { 0, 0 })]
    [InlineData(new[] { float.NaN, 1 })]
    [InlineData(new[] { float.PositiveInfinity, 1 })]
    public void VectorWithoutDirectionOrOfOtherDimension_IsRefused_AndChangesNothing(float[] vector)
    {
        var index = new FlatVectorIndex(2);
        index.Add(1, [1, 0]);

        Assert.Throws<ArgumentException>(() => index.Add(2, vector));

        Assert.Equal([1], Search(index, [1, 0]));
        index.Add(2, [0, 1]);
        Assert.Equal([2, 1], Search(index, [0, 1]));
    }

    [Fact]
    public void OrdinalAlreadyHeld_IsRefused()
    {
        var index = new FlatVectorIndex(2);
        index.Add(1, [1, 0]);

        Assert.Throws<ArgumentException>(() => index.Add(1, [0, 1]));
    }

    [Fact]
    public void QueryThatIsNotFiniteOrOfOtherDimension_IsRefused()
    {
        var index = new FlatVectorIndex(2);

        Assert.Throws<ArgumentException>(() => index.Search([float.NaN, 0], new ScoredOrdinal[1], default(AcceptAll)));
        Assert.Throws<ArgumentException>(() => index.Search([1], new ScoredOrdinal[1], default(AcceptAll)));
    }

    [Fact]
    public void ScoreOfAbsentOrdinal_Throws()
    {
        Assert.Throws<KeyNotFoundException>(() => new FlatVectorIndex(2).Score([1, 0], 5));
    }

    [Fact]
    public void VectorOfOtherLength_IsScaled_AndAUnitVectorKeepsItsBits()
    {
        var index = new FlatVectorIndex(2);
        var unit = new Random(3).NextUnitVector(2);
        index.Add(1, [3e30f, 4e30f]);
        index.Add(2, unit);

        var copy = new float[2];
        Assert.True(index.TryCopyTo(1, copy));
        Assert.Equal(0.6f, copy[0], 1e-6);
        Assert.True(index.TryCopyTo(2, copy));
        Assert.Equal(unit, copy);
    }

    [Fact]
    public void Search_AllocatesNothing()
    {
        var random = new Random(5);
        var index = new FlatVectorIndex(100);
        for (var i = 0; i < 300; i++)
        {
            index.Add(i, random.NextUnitVector(100));
        }

        var query = random.NextUnitVector(100);
        var hits = new ScoredOrdinal[10];
        Assert.Equal(0, Allocations.Of(() => index.Search(query, hits, new DivisibleBy(2))));
    }
}
