using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

public sealed class ScanVectorIndexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(384)]
    public void RandomOperations_AnswerAsTheOracle(int dimensions)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var index = new ScanVectorIndex(dimensions);
            var oracle = new FlatVectorIndex(dimensions);
            for (var step = 0; step < 1_000; step++)
            {
                Change(index, oracle, random);
                if (step % 100 == 99)
                {
                    AssertSameAnswers(index, oracle, random, $"seed {seed}, step {step}");
                }
            }
        }
    }

    private static void Change(ScanVectorIndex index, FlatVectorIndex oracle, Random random)
    {
        var ordinal = random.Next(400) * (random.Next(10) == 0 ? 1_000_003 : 1);
        if (oracle.Remove(ordinal))
        {
            Assert.True(index.Remove(ordinal));
            return;
        }

        Assert.False(index.Remove(ordinal));
        var vector = random.NextUnitVector(index.Dimensions);
        oracle.Add(ordinal, vector);
        index.Add(ordinal, vector);
    }

    private static void AssertSameAnswers(ScanVectorIndex index, FlatVectorIndex oracle, Random random, string because)
    {
        var query = random.NextUnitVector(index.Dimensions);
        var expected = new ScoredOrdinal[20];
        var hits = new ScoredOrdinal[20];

        expected = expected[..oracle.Search(query, expected, new DivisibleBy(3))];
        hits = hits[..index.Search(query, hits, new DivisibleBy(3))];

        Assert.True(expected.SequenceEqual(hits), because);
        Assert.All(hits, hit => Assert.Equal(hit.Score, index.Score(query, hit.Ordinal)));
        Assert.Equal(oracle.Count, index.Count);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(384, 1)]
    [InlineData(384, 10)]
    public void Recall_IsThatOfAnExactScan(int dimensions, int divisor)
    {
        const int Rows = 5_000;
        const int Queries = 200;
        var mixture = new Mixture(dimensions, 40, 7);
        var index = new ScanVectorIndex(dimensions);
        var oracle = new FlatVectorIndex(dimensions);
        for (var i = 0; i < Rows; i++)
        {
            var vector = mixture.Next();
            index.Add(i, vector);
            oracle.Add(i, vector);
        }

        var found = 0;
        var expected = new ScoredOrdinal[10];
        var hits = new ScoredOrdinal[10];
        for (var i = 0; i < Queries; i++)
        {
            var query = mixture.Next();
            Assert.Equal(10, oracle.Search(query, expected, new DivisibleBy(divisor)));
            Assert.Equal(10, index.Search(query, hits, new DivisibleBy(divisor)));
            found += hits.Intersect(expected).Count();
        }

        Assert.True(found >= 0.999 * Queries * 10, $"{found} of {Queries * 10} found");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void QueriesInOnePass_AnswerAsOneByOne(int queries)
    {
        const int K = 10;
        var mixture = new Mixture(100, 10, 3);
        var index = new ScanVectorIndex(100);
        for (var i = 0; i < 1_000; i++)
        {
            index.Add(i, mixture.Next());
        }

        var asked = Enumerable.Range(0, queries).Select(_ => mixture.Next()).ToArray();
        var hits = new ScoredOrdinal[queries * K];
        var counts = new int[queries];
        index.SearchMany(asked.SelectMany(q => q).ToArray(), hits, counts, new DivisibleBy(2));

        var alone = new ScoredOrdinal[K];
        for (var i = 0; i < queries; i++)
        {
            Assert.Equal(index.Search(asked[i], alone, new DivisibleBy(2)), counts[i]);
            Assert.Equal(alone, hits.AsSpan(i * K, K).ToArray());
        }
    }

    [Fact]
    public void QueriesThatDoNotFitTheirHits_AreRefused()
    {
        var index = new ScanVectorIndex(2);

        Assert.Throws<ArgumentException>(() => index.SearchMany([1, 0, 1], new ScoredOrdinal[2], new int[2], default(AcceptAll)));
        Assert.Throws<ArgumentException>(() => index.SearchMany([1, 0, 1, 0], new ScoredOrdinal[3], new int[2], default(AcceptAll)));
    }

    [Fact]
    public void EqualVectors_AreAnsweredBySmallestOrdinal()
    {
        var index = new ScanVectorIndex(3);
        for (var i = 999; i >= 0; i--)
        {
            index.Add(i, [0.6f, 0.8f, 0]);
        }

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], Search(index, [1, 2, 3]));
    }

    [Fact]
    public void Removed_IsNotFound_AndItsOrdinalMayReturn()
    {
        var index = new ScanVectorIndex(2);
        index.Add(7, [1, 0]);
        index.Add(8, [0, 1]);

        Assert.True(index.Remove(7));
        Assert.False(index.Contains(7));
        Assert.Equal([8], Search(index, [1, 0]));

        index.Add(7, [0, 1]);
        Assert.Equal([7, 8], Search(index, [0, 1]));
    }

    private static int[] Search(ScanVectorIndex index, float[] query)
    {
        var hits = new ScoredOrdinal[10];
        return [.. hits.Take(index.Search(query, hits, default(AcceptAll))).Select(h => h.Ordinal)];
    }

    [Theory]
    [InlineData(new float[] { 1, 0, 0 })]
    [InlineData(new float[] { 0, 0 })]
    [InlineData(new[] { float.NaN, 1 })]
    [InlineData(new[] { float.PositiveInfinity, 1 })]
    public void VectorWithoutDirectionOrOfOtherDimension_IsRefused_AndChangesNothing(float[] vector)
    {
        var index = new ScanVectorIndex(2);
        index.Add(1, [1, 0]);

        Assert.Throws<ArgumentException>(() => index.Add(2, vector));

        Assert.Equal([1], Search(index, [1, 0]));
        Assert.Equal(1, index.Count);
        Assert.Throws<ArgumentException>(() => index.Add(1, [0, 1]));
    }

    [Fact]
    public void Query_MayBeZero_ButNotInfinite()
    {
        var index = new ScanVectorIndex(2);
        index.Add(1, [1, 0]);
        index.Add(2, [0, 1]);

        Assert.Equal([1, 2], Search(index, [0, 0]));
        Assert.Throws<ArgumentException>(() => Search(index, [float.NaN, 0]));
        Assert.Throws<KeyNotFoundException>(() => index.Score([1, 0], 5));
    }

    [Fact]
    public void Search_AllocatesNothing()
    {
        var random = new Random(5);
        var index = new ScanVectorIndex(100);
        for (var i = 0; i < 300; i++)
        {
            index.Add(i, random.NextUnitVector(100));
        }

        var query = random.NextUnitVector(400);
        var hits = new ScoredOrdinal[40];
        var counts = new int[4];
        Assert.Equal(0, Allocations.Of(() => index.Search(query.AsSpan(0, 100), hits, new DivisibleBy(2))));
        Assert.Equal(0, Allocations.Of(() => index.SearchMany(query, hits, counts, new DivisibleBy(2))));
    }

    [Fact]
    public void SearchBesideAWriter_SeesOnlyWholeVectors()
    {
        const int Dimensions = 48;
        const int Ordinals = 300;
        var index = new ScanVectorIndex(Dimensions);
        var random = new Random(11);

        // An ordinal's vector never changes from one life to the next: whatever its hit scores must be what its own vector scores.
        var vectors = Enumerable.Range(0, Ordinals).Select(_ => random.NextUnitVector(Dimensions)).ToArray();
        var query = random.NextUnitVector(Dimensions);
        var oracle = new FlatVectorIndex(Dimensions);
        for (var i = 0; i < Ordinals; i++)
        {
            oracle.Add(i, vectors[i]);
        }

        var written = false;
        var writer = new Thread(() =>
        {
            for (var step = 0; step < 60_000; step++)
            {
                var ordinal = random.Next(Ordinals);
                if (!index.Remove(ordinal))
                {
                    index.Add(ordinal, vectors[ordinal]);
                }
            }

            Volatile.Write(ref written, true);
        });
        writer.Start();
        var hits = new ScoredOrdinal[20];
        var wrong = 0;
        while (!Volatile.Read(ref written))
        {
            foreach (var hit in hits.AsSpan(0, index.Search(query, hits, default(AcceptAll))))
            {
                wrong += hit.Score == oracle.Score(query, hit.Ordinal) ? 0 : 1;
            }
        }

        writer.Join();
        Assert.Equal(0, wrong);
    }
}
