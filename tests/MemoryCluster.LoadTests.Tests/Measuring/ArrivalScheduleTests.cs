using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Tests.Measuring;

public sealed class ArrivalScheduleTests
{
    [Fact]
    public void Exponential_HasTheRateAndTheSpreadOfAPoissonProcess()
    {
        var arrivals = ArrivalSchedule.Exponential(perSecond: 1_000, TimeSpan.FromSeconds(50), new Random(3));

        Assert.InRange(arrivals.Length, 49_000, 51_000);
        Assert.Equal(arrivals.Order(), arrivals);
        var gaps = arrivals.Zip(arrivals.Skip(1), (first, second) => (second - first).TotalMilliseconds).ToArray();
        var mean = gaps.Average();
        var deviation = Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean)));
        Assert.InRange(deviation / mean, 0.97, 1.03);
    }

    [Fact]
    public void Exponential_WithTheSameSeed_IsTheSame() =>
        Assert.Equal(
            ArrivalSchedule.Exponential(100, TimeSpan.FromSeconds(2), new Random(1)),
            ArrivalSchedule.Exponential(100, TimeSpan.FromSeconds(2), new Random(1)));
}
