using MemoryCluster.Index.Fusion;

namespace MemoryCluster.Index.Tests.Fusion;

public sealed class ReciprocalRankFusionTests
{
    [Fact]
    public void RandomLists_AreFusedAsTheFormula()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var channels = Enumerable.Range(0, random.Next(4)).Select(_ => RandomChannel(random)).ToArray();
            var fused = new ScoredOrdinal[10];
            var contributions = new float[fused.Length * channels.Length];

            var count = ReciprocalRankFusion.Fuse(channels, fused, contributions);

            var expected = Expected(channels);
            Assert.Equal(Math.Min(10, expected.Count), count);
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(expected[i].Score, fused[i].Score, 1e-6);
                Assert.Equal(fused[i].Score, contributions.AsSpan(i * channels.Length, channels.Length).ToArray().Sum(), 1e-6);
                Assert.True(i == 0 || fused[i - 1].IsBetterThan(fused[i]), $"seed {seed}");
            }
        }
    }

    private static RankedChannel RandomChannel(Random random)
    {
        var ordinals = Enumerable.Range(0, 30).ToArray();
        random.Shuffle(ordinals);
        return new RankedChannel(ordinals.Take(random.Next(20)).Select(o => new ScoredOrdinal(o, 0)).ToArray(), random.Next(1, 4));
    }

    private static List<(int Ordinal, double Score)> Expected(RankedChannel[] channels) => [.. channels
        .SelectMany(c => c.Hits.ToArray().Select((hit, i) => (hit.Ordinal, Score: (double)c.Weight / (60 + i + 1))))
        .GroupBy(e => e.Ordinal, (ordinal, entries) => (Ordinal: ordinal, Score: entries.Sum(e => e.Score)))
        .OrderByDescending(h => h.Score)];

    [Fact]
    public void Contributions_StandByChannel_ZeroWhereAbsent()
    {
        RankedChannel[] channels =
        [
            new(new ScoredOrdinal[] { new(4, 9), new(2, 8) }, 1),
            new(new ScoredOrdinal[] { new(2, 0.5f) }, 2),
        ];
        var fused = new ScoredOrdinal[2];
        var contributions = new float[4];

        Assert.Equal(2, ReciprocalRankFusion.Fuse(channels, fused, contributions));

        Assert.Equal([2, 4], fused.Select(h => h.Ordinal));
        Assert.Equal([1f / 62, 2f / 61, 1f / 61, 0], contributions);
    }

    [Fact]
    public void EqualScores_AreOrderedByOrdinal()
    {
        RankedChannel[] channels = [new(new ScoredOrdinal[] { new(9, 1) }, 1), new(new ScoredOrdinal[] { new(3, 1) }, 1)];
        var fused = new ScoredOrdinal[2];

        ReciprocalRankFusion.Fuse(channels, fused);

        Assert.Equal([3, 9], fused.Select(h => h.Ordinal));
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void WeightThatIsNoWeight_IsRefused(float weight)
    {
        Assert.Throws<ArgumentException>(() => ReciprocalRankFusion.Fuse([new(default, weight)], new ScoredOrdinal[1]));
    }

    [Fact]
    public void Fuse_AllocatesNothing()
    {
        var channels = new[] { RandomChannel(new Random(1)), RandomChannel(new Random(2)) };
        var fused = new ScoredOrdinal[10];
        var contributions = new float[20];

        Assert.Equal(0, Allocations.Of(() => ReciprocalRankFusion.Fuse(channels, fused, contributions)));
    }
}
