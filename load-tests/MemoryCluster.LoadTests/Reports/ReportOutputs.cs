using System.CommandLine;
using System.Text.Json;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>Where a report goes, and what makes its run fail.</summary>
internal sealed class ReportOutputs
{
    private readonly Option<FileInfo?> _json = new("--json") { Description = "A file for the report as JSON, which report compare reads." };
    private readonly Option<FileInfo?> _html = new("--html") { Description = "A file for the report as a page with plots." };
    private readonly Option<string[]> _failIf = new("--fail-if") { Description = "What must not hold, such as recall.p99>50ms; exit code 1 if it does. May be repeated." };
    private readonly Option<FileInfo?> _thresholds = new("--thresholds") { Description = "A file of such conditions, one a line." };

    public IEnumerable<Option> All => [_json, _html, _failIf, _thresholds];

    /// <exception cref="FormatException">A condition is none.</exception>
    public IReadOnlyList<FailCondition> Conditions(ParseResult parsed, IEnumerable<string> ofScenario)
    {
        var file = parsed.GetValue(_thresholds) is { } thresholds ? FailCondition.ParseFile(File.ReadLines(thresholds.FullName)) : [];
        return [.. ofScenario.Concat(parsed.GetValue(_failIf) ?? []).Select(FailCondition.Parse), .. file];
    }

    /// <summary>Writes the files and prints the text; the exit code.</summary>
    public async Task<int> WriteAsync(ParseResult parsed, LoadReport report, CancellationToken cancellationToken)
    {
        Console.WriteLine(ReportText.Of(report));
        if (parsed.GetValue(_json) is { } json)
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(report, ReportJson.Options), cancellationToken);
        if (parsed.GetValue(_html) is { } html)
            await File.WriteAllTextAsync(html.FullName, ReportPage.Of(report), cancellationToken);
        return report.Thresholds.All(threshold => threshold.IsMet) ? 0 : 1;
    }
}
