using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

public sealed class HnswVectorIndexTests : VectorIndexContract
{
    private const int Rows = 4_000;

    protected override double RecallMin => 0.98;

    protected override int ChangesBesideSearches => 4_000;

    protected override IVectorIndex Create(int dimensions) => new HnswVectorIndex(dimensions, 1);

    [Theory]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(384)]
    public void Recall_OfAWideWalk_IsNearlyThatOfAScan(int dimensions)
    {
        var (index, oracle, mixture) = Build(dimensions, Rows);
        index.SearchWidth = 200;

        Assert.True(Recall(index, oracle, mixture, default(AcceptAll)) >= 0.98);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(1_000)]
    public void Filtered_FindsWhatIsAccepted_HoweverFewItIs(int divisor)
    {
        var (index, oracle, mixture) = Build(64, 12_000);
        index.SearchWidth = 50;

        Assert.True(Recall(index, oracle, mixture, new DivisibleBy(divisor)) >= 0.95);
    }

    private static (HnswVectorIndex Index, FlatVectorIndex Oracle, Mixture Mixture) Build(int dimensions, int rows)
    {
        var mixture = new Mixture(dimensions, 40, 7);
        var index = new HnswVectorIndex(dimensions, 1);
        var oracle = new FlatVectorIndex(dimensions);
        for (var i = 0; i < rows; i++)
        {
            var vector = mixture.Next();
            index.Add(i, vector);
            oracle.Add(i, vector);
        }

        return (index, oracle, mixture);
    }

    private static double Recall<TFilter>(HnswVectorIndex index, FlatVectorIndex oracle, Mixture mixture, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        const int Queries = 100;
        var (found, possible) = (0, 0);
        var expected = new ScoredOrdinal[10];
        var hits = new ScoredOrdinal[10];
        for (var i = 0; i < Queries; i++)
        {
            var query = mixture.Next();
            var count = oracle.Search(query, expected, filter);
            Assert.Equal(count, index.Search(query, hits, filter));
            Assert.All(hits[..count], hit => Assert.True(filter.Accepts(hit.Ordinal)));
            Assert.All(hits[..count], hit => Assert.Equal(oracle.Score(query, hit.Ordinal), hit.Score));
            found += hits[..count].Intersect(expected[..count]).Count();
            possible += count;
        }

        return found / (double)possible;
    }

    [Fact]
    public void Removed_IsNeverFound_AndTheRestStillIs()
    {
        var (index, oracle, mixture) = Build(48, Rows);
        var random = new Random(3);
        foreach (var ordinal in Enumerable.Range(0, Rows).OrderBy(_ => random.Next()).Take(Rows * 9 / 10))
        {
            Assert.True(index.Remove(ordinal));
            Assert.False(index.Remove(ordinal));
            oracle.Remove(ordinal);
        }

        Assert.Equal(Rows / 10, index.Count);
        Assert.True(Recall(index, oracle, mixture, default(AcceptAll)) >= 0.95);
    }

    [Fact]
    public void EverythingRemoved_LeavesNothing_AndTheIndexGoesOn()
    {
        var index = new HnswVectorIndex(2, 1);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 100; i++)
            {
                index.Add(i, [MathF.Cos(i), MathF.Sin(i)]);
            }

            Assert.Equal([0, 44], Search(index, [1, 0])[..2]);
            for (var i = 0; i < 100; i++)
            {
                Assert.True(index.Remove(i));
            }

            Assert.Empty(Search(index, [1, 0]));
        }
    }

    [Fact]
    public void SameChanges_GiveTheSameGraph()
    {
        var (one, _, mixture) = Build(32, 2_000);
        var (other, _, _) = Build(32, 2_000);
        one.SearchWidth = other.SearchWidth = 10;
        var hits = new ScoredOrdinal[10];
        var otherHits = new ScoredOrdinal[10];
        for (var i = 0; i < 100; i++)
        {
            var query = mixture.Next();
            one.Search(query, hits, default(AcceptAll));
            other.Search(query, otherHits, default(AcceptAll));
            Assert.Equal(hits, otherHits);
        }
    }

    [Fact]
    public void VectorsInAFile_AnswerAsThoseInMemory_AndTheFileGoes()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var random = new Random(9);
        var inMemory = new HnswVectorIndex(40, 1);
        using (var inFile = new HnswVectorIndex(
            40, 1, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose)))
        {
            for (var i = 0; i < 500; i++)
            {
                var vector = random.NextUnitVector(40);
                inMemory.Add(i, vector);
                inFile.Add(i, vector);
            }

            var query = random.NextUnitVector(40);
            Assert.Equal(Search(inMemory, query), Search(inFile, query));
            Assert.True(File.Exists(path));
        }

        Assert.False(File.Exists(path));
    }
}
