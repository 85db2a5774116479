using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Tests.Reports;

public sealed class LoadFiguringTests
{
    [Fact]
    public void Streams_AreCountedApart_AndTogether()
    {
        var report = SampleReport.Make();

        Assert.Equal(["all", "recall", "remember"], report.Streams.Select(stream => stream.Name));
        var all = report.Streams[0];
        Assert.Equal((1_000, 900, 50, 50, 0), (all.Offered, all.Succeeded, all.Refused, all.Failed, all.Unsent));
        Assert.Equal((100.0, 90.0), (all.OfferedPerSecond, all.GoodputPerSecond));
        Assert.Equal((10, 2.0), (all.RefusedWithoutRetryAfter, Math.Round(all.Refusal.P99Ms)));
        Assert.Equal((all.Succeeded, all.Refused), (report.Streams.Skip(1).Sum(stream => stream.Succeeded), report.Streams.Skip(1).Sum(stream => stream.Refused)));
    }

    [Fact]
    public void HistogramsOfStreams_AddUpToTheWhole()
    {
        var report = SampleReport.Make();

        var sum = new LogHistogram();
        foreach (var stream in report.Streams.Skip(1))
            sum.Add(LogHistogram.Parse(stream.Histogram));

        Assert.Equal(report.Streams[0].Histogram, sum.ToText());
    }

    [Fact]
    public void Timeline_CountsWhatIsOfferedWhenItIsDue_AndWhatIsAnsweredWhenItComes()
    {
        var timeline = SampleReport.Make(slower: 50).Timeline;

        Assert.Equal(10, timeline.Count);
        Assert.All(timeline, point => Assert.Equal((100.0, 5.0, 5.0), (point.Offered, point.Refused, point.Failed)));
        // The slowest takes 2 s: what is due in the first second comes later.
        Assert.InRange(timeline[0].Answered, 1, 89);
        Assert.InRange(timeline[0].MaxMs!.Value, 1_990, 2_000);
        Assert.True(timeline.Sum(point => point.Answered) < 900);
    }

    [Fact]
    public void Parts_CutAStreamsTimeIntoTenths()
    {
        var parts = SampleReport.Make().Streams[0].Parts;

        Assert.Equal(10, parts.Count);
        Assert.All(parts, part => Assert.Equal(90, part.GoodputPerSecond));
        Assert.All(parts, part => Assert.InRange(part.P50Ms, 15, 25));
    }
}
