using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

public sealed class ScanVectorIndexTests : VectorIndexContract
{
    protected override IVectorIndex Create(int dimensions) => new ScanVectorIndex(dimensions);

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
    public void QueriesInOnePass_AllocateNothing()
    {
        var random = new Random(5);
        var index = new ScanVectorIndex(100);
        for (var i = 0; i < 300; i++)
        {
            index.Add(i, random.NextUnitVector(100));
        }

        var queries = random.NextUnitVector(400);
        var hits = new ScoredOrdinal[40];
        var counts = new int[4];
        Assert.Equal(0, Allocations.Of(() => index.SearchMany(queries, hits, counts, new DivisibleBy(2))));
    }
}
