using System.CommandLine;
using Spectre.Console;

namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary><c>eval locomo|hotpotqa|musique FILE</c>: evidence recall on a data set, through a running server's front door.</summary>
internal static class EvalCommand
{
    public static Command Create(TimeProvider clock) => new("eval", "Measure evidence recall on a data set through a running server, beside BM25 and vectors alone.")
    {
        Create("locomo", "LoCoMo: a team a conversation, a memory a turn; categories 1 to 4.", LocomoSet.Read, clock),
        Create("hotpotqa", "HotpotQA with distractors: all passages in one team.", PassageSet.Hotpot, clock),
        Create("musique", "MuSiQue: all passages in one team.", PassageSet.Musique, clock),
    };

    private static Command Create(string name, string description, Func<string, EvaluationSet> read, TimeProvider clock)
    {
        var file = new Argument<FileInfo>("file") { Description = "The data set, as JSON Lines; MuSiQue also as one JSON array." };
        var keep = new Option<bool>("--keep") { Description = "Leave the memories in their teams; by default they are forgotten at the end." };
        var markdown = new Option<FileInfo?>("--markdown") { Description = "A file for the table as Markdown." };
        var json = CommandOutput.JsonOption();
        var server = new ServerOptions();
        var command = new Command(name, description) { file, keep, markdown, json };
        server.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed, json);
            using var client = server.Connect(parsed);
            var set = read(parsed.GetRequiredValue(file).FullName);
            if (set.Teams.Sum(team => team.Questions.Count) == 0)
                throw new InvalidDataException("The file holds no question with evidence.");
            var report = await output.Progress.Progress().StartAsync(async progress =>
            {
                var task = progress.AddTask($"{name}, {set.Teams.Count} teams", maxValue: 1);
                return await new Evaluator(client, clock).RunAsync(set, parsed.GetValue(keep), done => task.Value = done, cancellationToken);
            });
            if (parsed.GetValue(markdown) is { } path)
                await File.WriteAllTextAsync(path.FullName, EvaluationTable.ToMarkdown(report), cancellationToken);
            output.Print(report, CliJson.Readable.EvaluationReport, EvaluationTable.Print);
            return 0;
        });
        return command;
    }
}
