namespace MemoryCluster.LoadTests.Measuring;

/// <summary>A stretch of load in figures.</summary>
internal sealed record LoadFigures(double PerSecond, double P50Ms, double P99Ms, double P999Ms, double MaxMs, long Succeeded, long Failed, string? FirstFailure)
{
    public static LoadFigures Of(LoadResult result) => new(
        result.PerSecond,
        result.Latency.Percentile(0.5).TotalMilliseconds,
        result.Latency.Percentile(0.99).TotalMilliseconds,
        result.Latency.Percentile(0.999).TotalMilliseconds,
        result.Latency.Max.TotalMilliseconds,
        result.Succeeded,
        result.Failed,
        result.FirstFailure);
}
