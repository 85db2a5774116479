using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryCluster.LoadTests.Reports;

namespace MemoryCluster.LoadTests.Tests.Reports;

public sealed partial class ReportPageTests
{
    [Fact]
    public void Page_SaysWhatTheJsonSays()
    {
        var made = SampleReport.Make();
        var report = JsonSerializer.Deserialize<LoadReport>(JsonSerializer.Serialize(made, ReportJson.Options), ReportJson.Options)!;

        var page = ReportPage.Of(report);

        Assert.Equal(page, ReportPage.Of(made));
        foreach (var stream in report.Streams)
        {
            Assert.Contains($"<td>{stream.Name}</td>", page, StringComparison.Ordinal);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"<td>{stream.Latency.P99Ms:F2}</td>"), page, StringComparison.Ordinal);
        }

        Assert.Contains("50 x 503 overloaded", page, StringComparison.Ordinal);
        Assert.Contains("90 looked at by id afterwards: 0 lost (95 % bound 0.033)", page, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(page, "<svg "));
    }

    [Fact]
    public void Page_NeedsNothingFromElsewhere_AndEscapesWhatItShows()
    {
        var page = ReportPage.Of(SampleReport.Make());

        Assert.DoesNotMatch(External(), page);
        Assert.Contains("a &lt;test&gt; &amp; nothing else", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_ListsEveryStream()
    {
        var text = ReportText.Of(SampleReport.Make());

        Assert.Contains("| all | 100 | 90 |", text, StringComparison.Ordinal);
        Assert.Contains("| remember | 50 |", text, StringComparison.Ordinal);
    }

    [GeneratedRegex("<script|<link|src=|href=|@import|url\\(")]
    private static partial Regex External();
}
