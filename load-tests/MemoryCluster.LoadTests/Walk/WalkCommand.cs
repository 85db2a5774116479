using System.CommandLine;
using System.Text.Json;

namespace MemoryCluster.LoadTests.Walk;

/// <summary><c>walk</c>: throughput and latency beside their floors.</summary>
internal static class WalkCommand
{
    public static Command Create(TimeProvider clock)
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "The folder of data sets whose texts are loaded.", Required = true };
        var work = new Option<DirectoryInfo>("--work")
        {
            Description = "An absent or empty folder for the host's data, on the disk that is to be measured.",
            DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "walk")),
        };
        var memories = new Option<int>("--memories") { Description = "Turns and passages to hold.", DefaultValueFactory = _ => 50_000 };
        var rounds = new Option<int>("--rounds") { Description = "How often readings and floors alternate.", DefaultValueFactory = _ => 7 };
        var host = new Option<FileInfo?>("--host") { Description = "The host's assembly; by default the one built beside this program." };
        var url = new Option<Uri?>("--url") { Description = "A server that runs already, instead of one started here; with --key-file.", CustomParser = argument => new Uri(argument.Tokens[0].Value) };
        var keyFile = new Option<FileInfo?>("--key-file") { Description = "The file with that server's admin key." };
        var json = new Option<FileInfo?>("--json") { Description = "A file for the figures as JSON." };
        var markdown = new Option<FileInfo?>("--markdown") { Description = "A file for the tables as Markdown." };
        var command = new Command("walk", "Writes and recalls over HTTP beside the floors of the disk and of HTTP; exit code 1 if a demand is not met.")
        {
            data, work, memories, rounds, host, url, keyFile, json, markdown,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Directory.CreateDirectory(parsed.GetRequiredValue(work).FullName);
            if (folder.EnumerateFileSystemInfos().Any())
            {
                await Console.Error.WriteLineAsync($"{folder.FullName} is not empty; give an empty folder as --work.");
                return 1;
            }

            var settings = new WalkSettings
            {
                Corpus = parsed.GetRequiredValue(data).FullName,
                WorkFolder = folder.FullName,
                HostAssembly = parsed.GetValue(host)?.FullName,
                Url = parsed.GetValue(url),
                KeyFile = parsed.GetValue(keyFile)?.FullName,
                Memories = parsed.GetValue(memories),
                Rounds = parsed.GetValue(rounds),
            };
            try
            {
                var report = await new WalkRun(settings, clock, Console.Error.WriteLine).RunAsync(cancellationToken);
                var table = WalkTable.ToMarkdown(report);
                Console.WriteLine(table);
                if (parsed.GetValue(markdown) is { } markdownFile)
                    await File.WriteAllTextAsync(markdownFile.FullName, table, cancellationToken);
                if (parsed.GetValue(json) is { } jsonFile)
                    await File.WriteAllTextAsync(jsonFile.FullName, JsonSerializer.Serialize(report, ReportJson.Options), cancellationToken);
                return report.Thresholds.All(threshold => threshold.IsMet) ? 0 : 1;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }
}
