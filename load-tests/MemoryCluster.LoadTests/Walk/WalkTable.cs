using System.Globalization;
using System.Text;
using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Walk;

/// <summary>The report as Markdown, which reads well in a terminal too.</summary>
internal static class WalkTable
{
    public static string ToMarkdown(WalkReport report)
    {
        var text = new StringBuilder();
        Line(text, $"{report.Machine}; {report.Loading.Memories:N0} memories ({report.Loading.DistinctTexts:N0} distinct texts) in {report.Loading.Teams} teams, loaded in batches at {report.Loading.PerSecond:N0}/s{Memory(report)}");
        Line(text, $"");
        Line(text, $"| load | rate /s | p50 ms | p99 ms | p99.9 ms | failed |");
        Line(text, $"| --- | ---: | ---: | ---: | ---: | ---: |");
        Row(text, "writes, 64 callers", report.Writes.ManyCallers);
        Row(text, "writes, 1 caller", report.Writes.OneCaller);
        Row(text, "recalls, 64 callers, closed loop", report.Recall.ClosedLoop);
        Row(text, Text($"recalls, open loop at half of {report.Recall.CapacityPerSecond:N0}/s"), report.Recall.AtHalf);
        Line(text, $"");
        Line(text, $"| alternating rounds | median | least | most |");
        Line(text, $"| --- | ---: | ---: | ---: |");
        Row(text, "fdatasync of 4 KB, one thread, /s", report.Writes.SyncPerSecond);
        Row(text, "fdatasync p50, ms", report.Writes.SyncP50Ms);
        Row(text, "empty HTTP call p50, one caller, ms", report.Writes.HttpP50Ms);
        Row(text, "write p50, one caller, ms", report.Writes.OneCallerP50Ms);
        Row(text, "… over 1.5 fdatasyncs and an empty call", report.Writes.OneCallerToLimit);
        Row(text, "writes, 64 callers, /s", report.Writes.PerSecond);
        Row(text, "… over the fdatasync rate", report.Writes.RatioToSync);
        Row(text, "empty endpoint, 64 callers, /s", report.GrainCall.EmptyPerSecond);
        Row(text, "GET a team, 64 callers, /s", report.GrainCall.TeamPerSecond);
        Row(text, "… over the empty endpoint", report.GrainCall.Ratio);
        Line(text, $"");
        Line(text, $"| recalls offered /s | answered /s | p50 ms | p99 ms | kept up |");
        Line(text, $"| ---: | ---: | ---: | ---: | --- |");
        foreach (var step in report.Recall.Steps)
            Line(text, $"| {step.OfferedPerSecond:N0} | {step.AchievedPerSecond:N0} | {step.P50Ms:F2} | {step.P99Ms:F2} | {(step.IsSustained ? "yes" : "no")} |");
        Line(text, $"");
        Line(text, $"| demand | reading | met |");
        Line(text, $"| --- | --- | --- |");
        foreach (var threshold in report.Thresholds)
            Line(text, $"| {threshold.Demand} | {threshold.Reading} | {(threshold.IsMet ? "yes" : "NO")} |");
        return text.ToString();
    }

    private static string Memory(WalkReport report) =>
        report.ServerMegabytes is { } megabytes ? Text($"; the server takes {megabytes:N0} MB at the end") : "";

    private static void Row(StringBuilder text, string name, LoadFigures figures) =>
        Line(text, $"| {name} | {figures.PerSecond:N0} | {figures.P50Ms:F2} | {figures.P99Ms:F2} | {figures.P999Ms:F2} | {figures.Failed} |");

    private static void Row(StringBuilder text, string name, Spread spread) =>
        Line(text, $"| {name} | {Number(spread.Median)} | {Number(spread.Min)} | {Number(spread.Max)} |");

    private static string Number(double value) => value.ToString(value >= 100 ? "N0" : "F3", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(Text(line)).Append('\n');

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
