using System.Globalization;
using System.Text;
using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>A report as one page with plots, without anything from elsewhere.</summary>
internal static class ReportPage
{
    private const int BinsOfHistogram = 60;
    private const int StreamsPlottedMax = 6;

    public static string Of(LoadReport report)
    {
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<h1>{PageFrame.Text(report.Scenario)} at {report.RatePerSecond:N0}/s</h1>\n");
        body.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{PageFrame.Text(report.Target)} · {report.Seconds:N0} s · {report.StartedAt:yyyy-MM-dd HH:mm} UTC{Capacity(report)}</p>\n");
        body.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{PageFrame.Text(report.Machine)}, load average {report.LoadAverage:F1} · {report.Memories:N0} memories in {report.Teams} teams · {report.Callers} callers · seed {report.Seed}</p>\n");
        if (report.Thresholds.Count > 0)
            body.Append("<h2>Demands</h2>\n").Append(Thresholds(report));
        body.Append("<h2>Figures</h2>\n").Append(Streams(report));
        body.Append("<p class=\"soft\">Latency counts from the moment a request was due; that of refusals from when it was sent.</p>\n");
        body.Append(Rates(report).ToHtml()).Append(Latencies(report).ToHtml()).Append(Histogram(report).ToHtml());
        body.Append(Resources(report).ToHtml());
        if (report.CapacitySteps.Count > 0)
            body.Append("<h2>Looking for the capacity</h2>\n").Append(Steps(report));
        body.Append("<h2>Notes</h2>\n<ul>\n");
        foreach (var note in ReportNotes.Of(report))
            body.Append("<li>").Append(PageFrame.Text(note)).Append("</li>\n");
        return PageFrame.Of($"{report.Scenario} on {report.Target}", body.Append("</ul>").ToString());
    }

    private static string Capacity(LoadReport report) =>
        report.CapacityPerSecond is { } capacity ? Text($" · capacity {capacity:N0}/s") : "";

    private static string Thresholds(LoadReport report) => PageFrame.Table(
        ["demand", "reading", "met"], report.Thresholds.Select(threshold => (string[])[threshold.Demand, threshold.Reading, threshold.IsMet ? "yes" : "NO"]));

    private static string Streams(LoadReport report) => PageFrame.Table(
        ["stream", "offered /s", "answered /s", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "longest ms", "refused", "refused p99 ms", "failed", "unsent"],
        report.Streams.Select(stream => (string[])
        [
            stream.Name, Text($"{stream.OfferedPerSecond:N0}"), Text($"{stream.GoodputPerSecond:N0}"), Text($"{stream.Latency.P50Ms:F2}"),
            Text($"{stream.Latency.P90Ms:F2}"), Text($"{stream.Latency.P99Ms:F2}"), Text($"{stream.Latency.P999Ms:F2}"), Text($"{stream.Latency.MaxMs:F1}"),
            Text($"{stream.Refused:N0}"), Text($"{stream.Refusal.P99Ms:F2}"), Text($"{stream.Failed:N0}"), Text($"{stream.Unsent:N0}"),
        ]));

    private static string Steps(LoadReport report) => PageFrame.Table(
        ["offered /s", "answered /s", "p50 ms", "p99 ms", "kept up"],
        report.CapacitySteps.Select(step => (string[])
        [
            Text($"{step.OfferedPerSecond:N0}"), Text($"{step.AchievedPerSecond:N0}"), Text($"{step.P50Ms:F2}"), Text($"{step.P99Ms:F2}"), step.IsSustained ? "yes" : "NO",
        ]));

    private static SvgPlot Rates(LoadReport report) => new()
    {
        Title = "Offered, answered, refused", XLabel = "seconds", YLabel = "requests a second", Marks = [.. report.Kills.Select(kill => kill.Second)],
        // What never came would lie on the axis and hide what did.
        Series = [.. new[]
        {
            Over(report, "offered", 5, point => point.Offered), Over(report, "answered", 1, point => point.Answered),
            Over(report, "refused", 2, point => point.Refused), Over(report, "failed", 3, point => point.Failed),
        }.Where(series => series.Points.Any(point => point.Y > 0))],
    };

    private static SvgPlot Latencies(LoadReport report) => new()
    {
        Title = "Latency of what was due in each interval", XLabel = "seconds", YLabel = "milliseconds", HasLogY = true,
        Marks = [.. report.Kills.Select(kill => kill.Second)],
        Series = [Over(report, "median", 1, point => point.P50Ms), Over(report, "p99", 2, point => point.P99Ms), Over(report, "longest", 3, point => point.MaxMs)],
    };

    private static PlotSeries Over(LoadReport report, string name, int color, Func<TimelinePoint, double?> value) =>
        new(name, color, [.. report.Timeline.Select(point => (point.Second, value(point)))]);

    private static SvgPlot Histogram(LoadReport report)
    {
        StreamFigures[] streams = [.. report.Streams.Skip(report.Streams.Count > 2 ? 1 : 0).Where(stream => stream.Succeeded > 0).Take(StreamsPlottedMax)];
        return new SvgPlot
        {
            Title = "How latencies are spread", XLabel = "milliseconds", YLabel = "share of the stream, %", HasLogX = true,
            Series = [.. streams.Select((stream, index) => new PlotSeries(stream.Name, index + 1, Bins(stream)))],
        };
    }

    // Bins of equal width on the logarithmic axis.
    private static (double X, double? Y)[] Bins(StreamFigures stream)
    {
        var histogram = LogHistogram.Parse(stream.Histogram);
        var (low, high) = (Math.Log(Math.Max(0.01, histogram.Percentile(0).TotalMilliseconds * 0.9)), Math.Log(Math.Max(0.02, stream.Latency.MaxMs * 1.1)));
        return [.. Enumerable.Range(0, BinsOfHistogram).Select(bin =>
        {
            var (from, to) = (At(bin), At(bin + 1));
            var share = 100.0 * histogram.CountBetween(TimeSpan.FromMilliseconds(from), TimeSpan.FromMilliseconds(to)) / histogram.Count;
            return (Math.Sqrt(from * to), (double?)share);
        })];

        double At(int bin) => Math.Exp(low + ((high - low) * bin / BinsOfHistogram));
    }

    private static SvgPlot Resources(LoadReport report) => new()
    {
        Title = "Resident memory", XLabel = "seconds", YLabel = "MB", Marks = [.. report.Kills.Select(kill => kill.Second)],
        Series = [.. report.Processes.GroupBy(reading => reading.Process).Take(StreamsPlottedMax).Select((process, index) =>
            new PlotSeries(process.Key, index + 1, [.. process.Select(reading => (reading.Second, (double?)reading.Megabytes))]))],
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
