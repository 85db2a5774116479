using System.Globalization;
using System.Text;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>A report as Markdown, which reads well in a terminal too.</summary>
internal static class ReportText
{
    public static string Of(LoadReport report)
    {
        var text = new StringBuilder();
        Line(text, $"{report.Scenario} on {report.Target}: {report.RatePerSecond:N0}/s for {report.Seconds:N0} s{Capacity(report)}");
        Line(text, $"{report.Machine}, load average {report.LoadAverage:F1}; {report.Memories:N0} memories, {report.Teams} teams, {report.Callers} callers, seed {report.Seed}");
        Line(text, $"");
        Line(text, $"| stream | offered /s | answered /s | p50 ms | p99 ms | p99.9 ms | longest ms | refused | refused p99 ms | failed | unsent |");
        Line(text, $"| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var stream in report.Streams)
        {
            Line(text, $"| {stream.Name} | {stream.OfferedPerSecond:N0} | {stream.GoodputPerSecond:N0} | {stream.Latency.P50Ms:F2} | {stream.Latency.P99Ms:F2} | {stream.Latency.P999Ms:F2} | {stream.Latency.MaxMs:F1} | {stream.Refused:N0} | {stream.Refusal.P99Ms:F2} | {stream.Failed:N0} | {stream.Unsent:N0} |");
        }

        Line(text, $"");
        foreach (var note in ReportNotes.Of(report))
            Line(text, $"{note}");
        if (report.Thresholds.Count > 0)
            AppendThresholds(text, report);
        return text.ToString();
    }

    private static void AppendThresholds(StringBuilder text, LoadReport report)
    {
        Line(text, $"");
        Line(text, $"| demand | reading | met |");
        Line(text, $"| --- | --- | --- |");
        foreach (var threshold in report.Thresholds)
            Line(text, $"| {threshold.Demand} | {threshold.Reading} | {(threshold.IsMet ? "yes" : "NO")} |");
    }

    private static string Capacity(LoadReport report) => report.CapacityPerSecond is { } capacity
        ? string.Create(CultureInfo.InvariantCulture, $", capacity {capacity:N0}/s")
        : "";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
