using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace MemoryCluster.Host.Commands.Ingest;

/// <summary><c>ingest FILE</c>: writes a file's memories to a running server.</summary>
internal static class IngestCommand
{
    public static Command Create(TimeProvider clock)
    {
        var file = new Argument<FileInfo>("file") { Description = "LoCoMo conversations, or JSON Lines of POST /api/v1/memories bodies." };
        var format = new Option<IngestFormat>("--format") { Description = "What the lines are; auto looks at the first." };
        var team = new Option<string?>("--team") { Description = "The team of lines that name none; for LoCoMo the team of all of them, instead of one a conversation." };
        var agent = new Option<string?>("--agent") { Description = "The agent of lines that name none; for LoCoMo the agent of all turns, instead of one a speaker." };
        var resume = new Option<bool>("--resume") { Description = "Go on where an earlier run was broken off." };
        var state = new Option<FileInfo?>("--state") { Description = "Where the position is kept; default FILE.position beside the input." };
        var json = CommandOutput.JsonOption();
        var server = new ServerOptions();
        var command = new Command("ingest", "Write a file's memories to a running server; repeating it writes nothing twice.")
        {
            file, format, team, agent, resume, state, json,
        };
        server.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed, json);
            using var client = server.Connect(parsed);
            var path = parsed.GetRequiredValue(file).FullName;
            var input = await IngestFile.OpenAsync(
                path, parsed.GetValue(format), parsed.GetValue(team), parsed.GetValue(agent), cancellationToken);
            var statePath = parsed.GetValue(state)?.FullName ?? $"{path}.position";
            var position = parsed.GetValue(resume)
                ? IngestPosition.Resume(statePath, input.Fingerprint)
                : IngestPosition.Start(statePath, input.Fingerprint);
            var summary = await RunAsync(new Ingester(client, clock), input, position, path, output, cancellationToken);
            output.Print(summary, CliJson.Readable.IngestSummary, Print);
            return summary.Bad == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task<IngestSummary> RunAsync(
        Ingester ingester, IngestFile input, IngestPosition position, string path, CommandOutput output, CancellationToken cancellationToken)
    {
        var summary = new IngestSummary { File = path };
        foreach (var line in input.Lines().Where(line => line.Problem is not null))
            summary.Complain(line.Number, line.Problem!);
        var batches = input.Batches().Count();
        await output.Progress.Progress().StartAsync(async progress =>
        {
            var task = progress.AddTask(Markup.Escape(Path.GetFileName(path)), maxValue: Math.Max(1, batches));
            task.Value = position.Batches;
            await ingester.RunAsync(input, position, summary, done => task.Value = done, cancellationToken);
            task.Value = task.MaxValue;
        });
        return summary;
    }

    private static void Print(IAnsiConsole console, IngestSummary summary)
    {
        var decisions = string.Join(", ", summary.Decisions.Select(decision => $"{decision.Value} {decision.Key}"));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Written} memories in {summary.Seconds:F1} s: {decisions}"));
        if (summary.BatchesSkipped > 0)
            console.WriteLine($"{summary.BatchesSkipped} batches were there from an earlier run");
        foreach (var problem in summary.Problems)
            console.WriteLine($"line {problem.Line}: {problem.Problem}");
        if (summary.Bad > summary.Problems.Count)
            console.WriteLine($"and {summary.Bad - summary.Problems.Count} bad lines more");
    }
}
