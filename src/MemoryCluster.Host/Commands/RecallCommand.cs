using System.CommandLine;
using System.Globalization;
using MemoryCluster.Contract;
using Spectre.Console;

namespace MemoryCluster.Host.Commands;

/// <summary><c>recall TEXT</c>: asks a running server.</summary>
internal static class RecallCommand
{
    public static Command Create()
    {
        var text = new Argument<string>("text") { Description = "The question." };
        var team = new Option<string>("--team") { Description = "The asking agent's team.", Required = true };
        var agent = new Option<string>("--agent") { Description = "The asking agent.", Required = true };
        var user = new Option<string?>("--user") { Description = "The user on whose behalf it asks." };
        var k = new Option<int>("--k", "-k") { Description = "Hits wanted, 1 to 200.", DefaultValueFactory = _ => 10 };
        var explain = new Option<bool>("--explain") { Description = "Show what each channel made of a hit." };
        var json = CommandOutput.JsonOption();
        var server = new ServerOptions();
        var command = new Command("recall", "Ask a running server for the memories that answer a question.") { text, team, agent, user, k, explain, json };
        server.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            using var client = server.Connect(parsed);
            var request = new RecallRequest
            {
                Team = parsed.GetRequiredValue(team),
                Agent = parsed.GetRequiredValue(agent),
                User = parsed.GetValue(user),
                Query = parsed.GetRequiredValue(text),
                K = parsed.GetValue(k),
                Explain = parsed.GetValue(explain),
            };
            var answer = await client.RecallAsync(request, cancellationToken);
            new CommandOutput(parsed, json).Print(answer, CliJson.Readable.RecallResponse, Print);
            return 0;
        });
        return command;
    }

    private static void Print(IAnsiConsole console, RecallResponse answer)
    {
        var explained = answer.Hits.Any(hit => hit.Scores is not null);
        var reranked = answer.Hits.Any(hit => hit.Scores?.Reranker is not null);
        var table = new Table().Border(TableBorder.Simple).AddColumn("score", column => column.RightAligned());
        if (explained)
            table.AddColumns("vector", "lexical", "graph", "temporal");
        if (reranked)
            table.AddColumn("reranker");
        table.AddColumns("date", "agent", "text", "id");
        foreach (var hit in answer.Hits)
        {
            string[] scores = explained ? [Number(hit.Scores?.Vector), Number(hit.Scores?.Lexical), Number(hit.Scores?.Graph), Number(hit.Scores?.Temporal)] : [];
            string[] reranker = reranked ? [Number(hit.Scores?.Reranker)] : [];
            var date = hit.OccurredAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
            table.AddRow([Number(hit.Score), .. scores, .. reranker, date, Markup.Escape(hit.Agent), Markup.Escape(hit.Text), hit.Id]);
        }

        console.Write(table);
        var partial = answer.Partial ? ", partial" : "";
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{answer.Hits.Count} hits in {answer.TookMs:F1} ms from {answer.ShardsAnswered} of {answer.ShardsAsked} shards{partial}"));
    }

    private static string Number(double? value) => value?.ToString("F4", CultureInfo.InvariantCulture) ?? "";
}
