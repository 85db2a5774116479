using System.Diagnostics;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>The figures of a run by name, for conditions and comparisons.</summary>
internal static class Metrics
{
    private static readonly string[] OfStreams =
    [
        "p50", "p90", "p99", "p999", "max", "mean", "goodput", "offered", "refused", "failed", "unsent", "refusal-p50", "refusal-p99", "refusal-max",
        "refused-without-retry-after",
    ];

    private static readonly string[] OfRuns = ["lost", "memory-growth", "memory-slope", "handle-slope", "outage"];

    public static IReadOnlyList<string> Names { get; } = [.. OfStreams, .. OfRuns];

    /// <summary>Whether it may be told in percent of what was offered.</summary>
    public static bool HasShare(string metric) => metric is "refused" or "failed" or "unsent" or "lost" or "memory-slope" or "handle-slope";

    /// <summary>Null where the run has no such figure. Times are in milliseconds, outages in seconds, slopes in percent an hour.</summary>
    public static double? Read(LoadReport report, string stream, string metric, bool isShare)
    {
        if (OfRuns.Contains(metric))
            return stream == LoadReport.All ? OfRun(report, metric, isShare) : null;
        return report.Streams.FirstOrDefault(figures => figures.Name == stream) is { } found ? OfStream(found, metric, isShare) : null;
    }

    public static string UnitOf(string metric, bool isShare) => metric switch
    {
        "memory-slope" or "handle-slope" => " %/h",
        _ when isShare => " %",
        "p50" or "p90" or "p99" or "p999" or "max" or "mean" or "refusal-p50" or "refusal-p99" or "refusal-max" => " ms",
        "goodput" or "offered" => "/s",
        "outage" => " s",
        "memory-growth" => " times",
        _ => "",
    };

    private static double? OfRun(LoadReport report, string metric, bool isShare) => metric switch
    {
        "lost" when isShare => report.Writes is { LookedAt: > 0 } writes ? 100.0 * writes.Lost / writes.LookedAt : null,
        "lost" => report.Writes?.Lost,
        "memory-growth" => ProcessTrends.MemoryGrowth(report.Processes),
        "memory-slope" => ProcessTrends.MemorySlopePercentPerHour(report.Processes),
        "handle-slope" => ProcessTrends.HandleSlopePercentPerHour(report.Processes),
        "outage" => report.Kills.Count == 0 ? null : report.Kills.Max(kill => kill.LastFailureAfterSeconds),
        _ => throw new UnreachableException(metric),
    };

    private static double OfStream(StreamFigures stream, string metric, bool isShare) => metric switch
    {
        "p50" => stream.Latency.P50Ms,
        "p90" => stream.Latency.P90Ms,
        "p99" => stream.Latency.P99Ms,
        "p999" => stream.Latency.P999Ms,
        "max" => stream.Latency.MaxMs,
        "mean" => stream.Latency.MeanMs,
        "goodput" => stream.GoodputPerSecond,
        "offered" => stream.OfferedPerSecond,
        "refusal-p50" => stream.Refusal.P50Ms,
        "refusal-p99" => stream.Refusal.P99Ms,
        "refusal-max" => stream.Refusal.MaxMs,
        "refused-without-retry-after" => stream.RefusedWithoutRetryAfter,
        "refused" => Share(stream, stream.Refused, isShare),
        "failed" => Share(stream, stream.Failed, isShare),
        "unsent" => Share(stream, stream.Unsent, isShare),
        _ => throw new UnreachableException(metric),
    };

    private static double Share(StreamFigures stream, long count, bool isShare) => isShare ? 100.0 * count / Math.Max(1, stream.Offered) : count;
}
