using System.CommandLine;
using System.Text.Json;
using MemoryCluster.LoadTests.Scenarios;

namespace MemoryCluster.LoadTests.Reports;

/// <summary><c>report compare</c>: what changed between two runs.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var before = new Argument<FileInfo>("before") { Description = "A report as --json wrote it." };
        var after = new Argument<FileInfo>("after") { Description = "Another one." };
        var html = new Option<FileInfo?>("--html") { Description = "A file for the comparison as a page with plots." };
        var compare = new Command("compare", "Two runs beside each other, with the noise.") { before, after, html };
        compare.SetAction((parsed, cancellationToken) => CommandFaults.ToldAsync(async () =>
        {
            var (first, second) = (await ReadAsync(parsed.GetRequiredValue(before), cancellationToken), await ReadAsync(parsed.GetRequiredValue(after), cancellationToken));
            Console.WriteLine(ComparisonText.ToMarkdown(first, second));
            if (parsed.GetValue(html) is { } page)
                await File.WriteAllTextAsync(page.FullName, ComparisonText.ToPage(first, second), cancellationToken);
            return 0;
        }));
        return new Command("report", "What to do with reports of earlier runs.") { compare };
    }

    private static async Task<LoadReport> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            await using var json = file.OpenRead();
            return await JsonSerializer.DeserializeAsync<LoadReport>(json, ReportJson.Options, cancellationToken) ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"{file.FullName} is no report as --json writes it: {fault.Message}", fault);
        }
    }
}
