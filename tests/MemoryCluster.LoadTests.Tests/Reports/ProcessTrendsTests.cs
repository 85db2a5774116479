using MemoryCluster.LoadTests.Reports;
using MemoryCluster.LoadTests.Targets;
using static MemoryCluster.LoadTests.Tests.Reports.SampleReport;

namespace MemoryCluster.LoadTests.Tests.Reports;

public sealed class ProcessTrendsTests
{
    [Fact]
    public void Slope_IsPercentOfTheLevelAnHour_AfterWarmUp()
    {
        // 100 MB that grow by 10 MB in the hour, after a steep begin that does not count.
        var readings = Enumerable.Range(0, 3_601).Where(second => second % 60 == 0)
            .Select(second => Reading(second, second < 600 ? second / 6.0 : 100 + (second / 360.0)))
            .ToArray();

        Assert.InRange(ProcessTrends.MemorySlopePercentPerHour(readings)!.Value, 9, 10);
        Assert.Equal(0, ProcessTrends.HandleSlopePercentPerHour(readings));
    }

    [Fact]
    public void Slope_OfAProcessThatIsKilled_ComparesTheEndsOfItsLives()
    {
        // Each life grows from 50 to 100 MB; none ends higher than the one before.
        var readings = Enumerable.Range(0, 600).Select(second => Reading(second, 50 + (second % 60), id: second / 60)).ToArray();

        Assert.Equal(0, ProcessTrends.MemorySlopePercentPerHour(readings));
    }

    [Fact]
    public void Growth_IsOfAllProcessesTogether()
    {
        ProcessReading[] readings = [Reading(0, 100), Reading(0, 50, 2, "redis"), Reading(1, 150), Reading(1, 60, 2, "redis"), Reading(1, 60, 2, "redis"), Reading(2, 90)];

        Assert.Equal(1.4, ProcessTrends.MemoryGrowth(readings)!.Value, 6);
    }

    [Fact]
    public void Nothing_HasNoTrend()
    {
        Assert.Null(ProcessTrends.MemoryGrowth([]));
        Assert.Null(ProcessTrends.MemorySlopePercentPerHour([]));
    }
}
