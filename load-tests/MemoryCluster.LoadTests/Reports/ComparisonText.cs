using System.Globalization;
using System.Text;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>Two runs beside each other as Markdown and as a page.</summary>
internal static class ComparisonText
{
    private const string Caveat =
        "Changes are held against how much each run varies within itself (95 % intervals over its tenths). How much two runs of the same differ, only further runs tell.";

    private static readonly string[] Head = ["stream", "figure", "before", "after", "after / before", "95 %", "changed"];

    public static string ToMarkdown(LoadReport before, LoadReport after)
    {
        var text = new StringBuilder();
        foreach (var line in About(before, after))
            text.Append(line).Append('\n');
        text.Append('\n').Append("| ").AppendJoin(" | ", Head).Append(" |\n| --- | --- | ---: | ---: | ---: | ---: | --- |\n");
        foreach (var row in Rows(before, after))
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        return text.Append('\n').Append(Caveat).Append('\n').ToString();
    }

    public static string ToPage(LoadReport before, LoadReport after)
    {
        var body = new StringBuilder("<h1>Two runs</h1>\n");
        foreach (var line in About(before, after))
            body.Append("<p class=\"soft\">").Append(PageFrame.Text(line)).Append("</p>\n");
        body.Append("<h2>Figures</h2>\n").Append(PageFrame.Table(Head, Rows(before, after))).Append("<p class=\"soft\">").Append(Caveat).Append("</p>\n");
        body.Append(Over("Answered", "requests a second", hasLogY: false, before, after, point => point.Answered));
        body.Append(Over("p99 of what was due in each interval", "milliseconds", hasLogY: true, before, after, point => point.P99Ms));
        return PageFrame.Of($"{before.Scenario} before and after", body.ToString());
    }

    private static IEnumerable<string> About(LoadReport before, LoadReport after)
    {
        yield return About("before", before);
        yield return About("after", after);
        if (before.Scenario != after.Scenario || before.Target != after.Target || before.Memories != after.Memories || before.Teams != after.Teams)
            yield return "The two are not of one scenario on one target with as many memories and teams: what differs may be that.";
        if (Math.Abs(before.RatePerSecond - after.RatePerSecond) > 0.02 * before.RatePerSecond)
            yield return "The rates differ: latencies belong to their rates. Give both runs the same --rate.";
    }

    private static string About(string which, LoadReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{which}: {report.Scenario} on {report.Target}, {report.RatePerSecond:N0}/s for {report.Seconds:N0} s, {report.StartedAt:yyyy-MM-dd HH:mm} UTC, {report.Machine}, load average {report.LoadAverage:F1}");

    private static IEnumerable<string[]> Rows(LoadReport before, LoadReport after)
    {
        foreach (var change in ReportComparison.Of(before, after))
        {
            var verdict = !change.IsBeyondNoise ? "no, within the noise" : string.Create(CultureInfo.InvariantCulture, $"by {100 * (change.Ratio - 1):+0;-0} %");
            yield return
            [
                change.Stream, change.Metric, Number(change.Before), Number(change.After), Fine(change.Ratio), $"{Fine(change.Low)} to {Fine(change.High)}", verdict,
            ];
        }

        foreach (var stream in before.Streams)
        {
            if (after.Streams.FirstOrDefault(other => other.Name == stream.Name) is { } other && stream.Refused + stream.Failed + other.Refused + other.Failed > 0)
                yield return [stream.Name, "refused, failed", $"{stream.Refused}, {stream.Failed}", $"{other.Refused}, {other.Failed}", "", "", ""];
        }
    }

    private static string Over(string title, string unit, bool hasLogY, LoadReport before, LoadReport after, Func<TimelinePoint, double?> value) => new SvgPlot
    {
        Title = title, XLabel = "seconds", YLabel = unit, HasLogY = hasLogY,
        Series =
        [
            new PlotSeries("before", 5, [.. before.Timeline.Select(point => (point.Second, value(point)))]),
            new PlotSeries("after", 1, [.. after.Timeline.Select(point => (point.Second, value(point)))]),
        ],
    }.ToHtml();

    private static string Number(double value) => value.ToString(value >= 1_000 ? "N0" : "0.##", CultureInfo.InvariantCulture);

    private static string Fine(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
}
