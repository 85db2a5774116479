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
    public void Text_ReadsBackToTheSameBuckets()
    {
        var random = new Random(Seed);
        var durations = Enumerable.Range(0, 2_000).Select(_ => TimeSpan.FromTicks(random.Next(1, 50_000_000))).ToArray();
        var histogram = Of(durations);

        var read = LogHistogram.Parse(histogram.ToText());

        Assert.Equal((histogram.Count, histogram.ToText()), (read.Count, read.ToText()));
        Assert.InRange(read.Mean / histogram.Mean, 0.999, 1.001);
        Assert.InRange(read.Max / histogram.Max, 0.999, 1.001);
        foreach (var share in new[] { 0.25, 0.5, 0.9, 0.999 })
            Assert.Equal(histogram.Percentile(share), read.Percentile(share));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("7:x")]
    [InlineData("-1:3")]
    [InlineData("7:-3")]
    [InlineData("99999999:1")]
    public void Text_ThatIsNoHistogram_IsRefused(string text) => Assert.Throws<FormatException>(() => LogHistogram.Parse(text));

    [Fact]
    public void CountBetween_CountsWhatLiesThere()
    {
        var histogram = Of([.. Enumerable.Range(1, 100).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))]);

        Assert.Equal(10, histogram.CountBetween(TimeSpan.FromMilliseconds(19.5), TimeSpan.FromMilliseconds(29.5)));
        Assert.Equal(100, histogram.CountBetween(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
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
