using MemoryCluster.LoadTests.Scenarios;
using MemoryCluster.LoadTests.Tests.Reports;

namespace MemoryCluster.LoadTests.Tests.Scenarios;

public sealed class OverloadPhasesTests
{
    [Fact]
    public void Phases_OfferTheirShareOfTheCapacity_OneAfterTheOther()
    {
        var streams = OverloadPhases.Streams(1_000, TimeSpan.FromSeconds(100), 8);

        var phases = streams.GroupBy(stream => stream.Name[..stream.Name.LastIndexOf('.')]).ToArray();
        Assert.Equal([500, 800, 1_000, 1_500, 500], phases.Select(phase => Math.Round(phase.Sum(stream => stream.PerSecond))));
        Assert.Equal([0, 20, 40, 60, 80], phases.Select(phase => phase.First().From.TotalSeconds));
        Assert.All(streams, stream => Assert.Equal(20, (stream.To - stream.From).TotalSeconds));
    }

    [Theory]
    [InlineData(1_000, 950, 30, 0, 140, new[] { true, true, true, true })]
    [InlineData(1_000, 850, 30, 0, 140, new[] { false, true, true, true })]
    [InlineData(1_000, 950, 60, 0, 140, new[] { true, false, true, true })]
    [InlineData(1_000, 950, 30, 1, 140, new[] { true, true, false, true })]
    [InlineData(1_000, 950, 30, 0, 151, new[] { true, true, true, false })]
    public void Demands_AreReadFromTheReport(double peak, double over, double refusalMs, long withoutRetryAfter, double megabytes, bool[] met)
    {
        var some = SampleReport.Make().Streams[0];
        var report = SampleReport.Make() with
        {
            Seconds = 100,
            Streams =
            [
                some with { Name = "at-50", GoodputPerSecond = 500 }, some with { Name = "at-80", GoodputPerSecond = 800 },
                some with { Name = "at-100", GoodputPerSecond = peak },
                some with
                {
                    Name = "at-150", GoodputPerSecond = over, RefusedWithoutRetryAfter = withoutRetryAfter, Refusal = some.Refusal with { P99Ms = refusalMs },
                },
                some with { Name = "after", GoodputPerSecond = 500 },
            ],
            Processes = [SampleReport.Reading(0, 80), SampleReport.Reading(59, 100), SampleReport.Reading(61, megabytes), SampleReport.Reading(90, 90)],
        };

        Assert.Equal(met, OverloadPhases.Demands(report).Select(demand => demand.IsMet));
    }

    [Fact]
    public void NothingRefused_IsNotWhatWasDemanded()
    {
        var some = SampleReport.Make().Streams[0] with { Refused = 0, RefusedWithoutRetryAfter = 0 };
        string[] names = ["at-50", "at-80", "at-100", "at-150", "after"];
        var report = SampleReport.Make() with { Streams = [.. names.Select(name => some with { Name = name })] };

        Assert.Equal([true, false, true], OverloadPhases.Demands(report).Select(demand => demand.IsMet));
    }
}
