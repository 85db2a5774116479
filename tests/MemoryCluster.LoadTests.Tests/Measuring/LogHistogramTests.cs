using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Tests.Measuring;

public sealed class LogHistogramTests
{
    private const int Seed = 7;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(0.999)]
    public void Percentile_OfRandomDurations_IsRightToThreeDigits(double share)
    {
        var random = new Random(Seed);
        var durations = Enumerable.Range(0, 50_000).Select(_ => TimeSpan.FromMicroseconds(Math.Exp(random.NextDouble() * 18))).ToArray();
        var histogram = Of(durations);

        var exact = durations.Order().ElementAt((int)Math.Ceiling(share * durations.Length) - 1);
        Assert.InRange(histogram.Percentile(share) / exact, 0.999, 1.001);
    }

    [Fact]
    public void Add_OfTwoHalves_EqualsTheWhole()
    {
        var random = new Random(Seed);
        var durations = Enumerable.Range(0, 2_000).Select(_ => TimeSpan.FromTicks(random.Next(1, 50_000_000))).ToArray();
        var whole = Of(durations);
        var merged = Of(durations[..700]);
        merged.Add(Of(durations[700..]));

        Assert.Equal(whole.Count, merged.Count);
        Assert.Equal(whole.Max, merged.Max);
        Assert.Equal(whole.Mean, merged.Mean);
        foreach (var share in new[] { 0, 0.25, 0.5, 0.9, 0.999, 1 })
            Assert.Equal(whole.Percentile(share), merged.Percentile(share));
    }

    [Fact]
    public void Percentile_OfNothing_IsZero() => Assert.Equal(TimeSpan.Zero, new LogHistogram().Percentile(0.5));

    [Fact]
    public void Record_BeyondTheRange_CountsAtItsEnds()
    {
        var histogram = Of([TimeSpan.FromTicks(-5), TimeSpan.FromDays(3)]);

        Assert.Equal(TimeSpan.Zero, histogram.Percentile(0.5));
        Assert.InRange(histogram.Percentile(1), TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        Assert.Equal(TimeSpan.FromDays(3), histogram.Max);
    }

    [Fact]
    public void Percentile_OfAll_NeverExceedsTheMaximum()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 500; i++)
        {
            var histogram = Of([TimeSpan.FromTicks(random.NextInt64(1, 1L << random.Next(1, 38)))]);
            Assert.True(histogram.Percentile(1) <= histogram.Max);
        }
    }

    private static LogHistogram Of(IEnumerable<TimeSpan> durations)
    {
        var histogram = new LogHistogram();
        foreach (var duration in durations)
            histogram.Record(duration);
        return histogram;
    }
}
