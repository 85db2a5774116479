using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Index.Tests.Vectors;

public sealed class AdaptiveVectorIndexTests : VectorIndexContract, IDisposable
{
    private const int Dimensions = 32;

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    protected override double RecallMin => 0.98;

    protected override int ChangesBesideSearches => 8_000;

    // Small enough that the contract's few hundred vectors cross the switch, in both directions.
    protected override IVectorIndex Create(int dimensions) => new AdaptiveVectorIndex(dimensions, 1, 150);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void RandomOperations_DifferInNothingThatExists_AndFindNearlyAll(int seed)
    {
        using var run = new VectorModelRun(seed);

        run.Run(15_000);

        Assert.True(run.Differences == 0, $"seed {seed}: {run.Differences} differences");
        Assert.True(run.LowestRecall >= 0.95, $"seed {seed}: recall fell to {run.LowestRecall}");
        Assert.InRange(run.GraphSearches, 1, run.Searches - 1);
        Assert.NotEqual(0, run.Reloads);
    }

    [Fact]
    public void Graph_AnswersAboveTheLimit_AndTheScanAgainFarBelow()
    {
        var (index, _) = Build(1_000, 200);
        Assert.True(index.IsGraph);

        for (var i = 0; i < 951; i++)
        {
            index.Remove(i);
        }

        Assert.False(index.IsGraph);
        Assert.Equal(49, index.Count);
    }

    [Fact]
    public void WhileTheGraphGrows_TheScanAnswersForAll()
    {
        var mixture = new Mixture(Dimensions, 10, 1);
        var index = new AdaptiveVectorIndex(Dimensions, 1, 200);
        var oracle = new FlatVectorIndex(Dimensions);
        var random = new Random(2);
        for (var i = 0; i < 230; i++)
        {
            var vector = mixture.Next();
            index.Add(i, vector);
            oracle.Add(i, vector);
            if (i > 200 && i % 3 == 0)
            {
                var gone = random.Next(i);
                Assert.Equal(oracle.Remove(gone), index.Remove(gone));
            }
        }

        Assert.False(index.IsGraph);
        var hits = new ScoredOrdinal[10];
        var expected = new ScoredOrdinal[10];
        for (var i = 0; i < 50; i++)
        {
            var query = mixture.Next();
            index.Search(query, hits, default(AcceptAll));
            oracle.Search(query, expected, default(AcceptAll));
            Assert.Equal(expected, hits);
        }
    }

    private static (AdaptiveVectorIndex Index, Mixture Mixture) Build(int rows, int scanMax)
    {
        var mixture = new Mixture(Dimensions, 10, 1);
        var index = new AdaptiveVectorIndex(Dimensions, 1, scanMax);
        for (var i = 0; i < rows; i++)
        {
            index.Add(i, mixture.Next());
        }

        return (index, mixture);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(300, 10_000)]
    [InlineData(1_500, 10)]
    public void Loaded_AnswersAsSaved_AndTakesTheSameChanges(int rows, int scanMax)
    {
        var (index, mixture) = Build(rows, scanMax);
        for (var i = 0; i < rows / 3; i++)
        {
            index.Remove(3 * i);
        }

        IndexFile.Save(index, _path);
        var loaded = IndexFile.Load(_path, scanMax);

        Assert.Equal(index.Count, loaded.Count);
        Assert.Equal(index.IsGraph, loaded.IsGraph);
        AssertSameAnswers(index, loaded, mixture);
        for (var i = 0; i < rows; i += 4)
        {
            Assert.Equal(index.Remove(i), loaded.Remove(i));
            var vector = mixture.Next();
            index.Add(i, vector);
            loaded.Add(i, vector);
        }

        AssertSameAnswers(index, loaded, mixture);
        AssertSameAnswers(IndexFile.Load(_path, scanMax), IndexFile.Load(_path, scanMax), mixture);
    }

    private static void AssertSameAnswers(AdaptiveVectorIndex one, AdaptiveVectorIndex other, Mixture mixture)
    {
        var hits = new ScoredOrdinal[10];
        var otherHits = new ScoredOrdinal[10];
        for (var i = 0; i < 30; i++)
        {
            var query = mixture.Next();
            Assert.Equal(one.Search(query, hits, new DivisibleBy(1 + (i % 3))), other.Search(query, otherHits, new DivisibleBy(1 + (i % 3))));
            Assert.Equal(hits, otherHits);
        }
    }

    [Fact]
    public void FileWithAnyByteChangedOrCutShort_IsRefused()
    {
        var (index, _) = Build(400, 10);
        IndexFile.Save(index, _path);
        var bytes = File.ReadAllBytes(_path);
        var random = new Random(4);

        // Between header and body lies nothing that is read.
        foreach (var at in Enumerable.Range(0, 64).Concat(Enumerable.Range(0, 60).Select(_ => random.Next(4_096, bytes.Length))))
        {
            bytes[at] ^= 0x10;
            File.WriteAllBytes(_path, bytes);
            Assert.Throws<InvalidDataException>(() => IndexFile.Load(_path));
            bytes[at] ^= 0x10;
        }

        foreach (var length in new[] { 63, 4_095, 4_096, bytes.Length - 1 })
        {
            File.WriteAllBytes(_path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => IndexFile.Load(_path));
        }

        File.WriteAllBytes(_path, bytes);
        Assert.Equal(400, IndexFile.Load(_path).Count);
    }

    public void Dispose() => File.Delete(_path);
}
