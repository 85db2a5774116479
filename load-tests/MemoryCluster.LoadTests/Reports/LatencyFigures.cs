using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>A histogram in figures, in milliseconds.</summary>
internal sealed record LatencyFigures(double MeanMs, double P50Ms, double P90Ms, double P99Ms, double P999Ms, double MaxMs)
{
    public static LatencyFigures Of(LogHistogram histogram) => new(
        Rounded(histogram.Mean), Rounded(histogram.Percentile(0.5)), Rounded(histogram.Percentile(0.9)), Rounded(histogram.Percentile(0.99)),
        Rounded(histogram.Percentile(0.999)), Rounded(histogram.Max));

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
