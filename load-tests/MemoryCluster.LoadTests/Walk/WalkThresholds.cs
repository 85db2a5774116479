using System.Globalization;

namespace MemoryCluster.LoadTests.Walk;

/// <summary>What the issue demands of the figures.</summary>
internal static class WalkThresholds
{
    private const double WritesToSyncMin = 5;
    private const double OneCallerToLimitMax = 1;
    private const double GrainCallRatioMin = 0.85;
    private const double RecallP99MsMax = 10;

    public static IReadOnlyList<Threshold> Of(WalkReport report) =>
    [
        new("durable writes at 64 callers at least 5 times the serial fdatasync rate",
            Text($"{report.Writes.RatioToSync.Median:F1} times"), report.Writes.RatioToSync.Median >= WritesToSyncMin),
        new("one caller's write p50 at most 1.5 fdatasyncs and an empty HTTP call",
            Text($"{report.Writes.OneCallerP50Ms.Median:F3} ms, {report.Writes.OneCallerToLimit.Median:F2} of the limit"),
            report.Writes.OneCallerToLimit.Median <= OneCallerToLimitMax),
        new("a call that reaches a grain at least 0.85 of the empty endpoint's rate",
            Text($"{report.GrainCall.Ratio.Median:F2}"), report.GrainCall.Ratio.Median >= GrainCallRatioMin),
        new("recall p99 under 10 ms at half of the capacity",
            Text($"{report.Recall.AtHalf.P99Ms:F2} ms at {report.Recall.HalfPerSecond:F0}/s"),
            report.Recall.AtHalf is { Failed: 0, P99Ms: < RecallP99MsMax }),
        new("every acknowledged write is held",
            Text($"{report.MemoriesAtEnd} of {report.MemoriesExpected}"), report.MemoriesAtEnd == report.MemoriesExpected),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
