namespace MemoryCluster.LoadTests.Measuring;

/// <summary>One rate that was tried while looking for the capacity.</summary>
internal sealed record RateStep(double OfferedPerSecond, double AchievedPerSecond, double P50Ms, double P99Ms, bool IsSustained)
{
    public static RateStep Of(LoadResult result, TimeSpan[] arrivals)
    {
        var offered = arrivals.Length / arrivals[^1].TotalSeconds;
        return Of(offered, result.PerSecond, result.Latency, result.Failed);
    }

    /// <summary>Of a plan: what was refused is not achieved, and no failure.</summary>
    public static RateStep Of(LoadSamples samples, TimeSpan duration)
    {
        var failed = samples.CountOf(LoadOutcome.Failed) + samples.CountOf(LoadOutcome.Unsent);
        return Of(samples.Count / duration.TotalSeconds, samples.GoodputPerSecond(duration), samples.Latencies(LoadOutcome.Succeeded), failed);
    }

    private static RateStep Of(double offered, double achieved, LogHistogram latency, long failed) => new(
        offered, achieved, latency.Percentile(0.5).TotalMilliseconds, latency.Percentile(0.99).TotalMilliseconds,
        CapacitySearch.IsSustained(offered, achieved, failed));
}
