using System.CommandLine;
using System.Security.Cryptography;
using MemoryCluster.Client;
using MemoryCluster.Contract;
using MemoryCluster.Host.Commands.Ingest;

namespace MemoryCluster.Host.Commands;

/// <summary><c>check</c>: remembers a sentence, recalls it and forgets it, to see that a cluster serves.</summary>
internal static class CheckCommand
{
    private const string Agent = "check";

    // A cluster that has just started has shards to open, and answers in part meanwhile.
    private const int RecallsMax = 20;

    public static Command Create()
    {
        var team = new Option<string>("--team") { Description = "The team that it is remembered in; made if it is missing.", DefaultValueFactory = _ => "check" };
        var server = new ServerOptions();
        var command = new Command("check", "Remember a sentence on a running server, recall it and forget it; exit code 0 if all three went well.") { team };
        server.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            using var client = server.Connect(parsed);
            var answer = await RunAsync(client, parsed.GetRequiredValue(team), cancellationToken);
            var found = answer.Hits.Count > 0;
            await (found ? parsed.InvocationConfiguration.Output : parsed.InvocationConfiguration.Error).WriteLineAsync(found
                ? "A sentence was remembered, recalled and forgotten."
                : $"What was remembered was not recalled: {answer.ShardsAnswered} of {answer.ShardsAsked} shards answered{(answer.Partial ? ", in part" : "")}.");
            return found ? 0 : 1;
        });
        return command;
    }

    /// <summary>The recall, with what was remembered as its only hit if it is one.</summary>
    private static async Task<RecallResponse> RunAsync(MemoryClusterClient client, string team, CancellationToken cancellationToken)
    {
        using var teams = new TeamDirectory(client);
        await teams.EnsureAsync(team, Agent, cancellationToken);
        // A text of its own each time: what another check left does not answer for this one.
        var text = $"The check numbered {RandomNumberGenerator.GetHexString(16)} was remembered.";
        var memory = (await client.Agent(team, Agent).RememberAsync(text, cancellationToken: cancellationToken)).Id;
        try
        {
            var request = new RecallRequest { Team = team, Agent = Agent, Query = text, K = 1 };
            var answer = await client.RecallAsync(request, cancellationToken);
            for (var asked = 1; answer.Partial && asked < RecallsMax; asked++)
                answer = await client.RecallAsync(request, cancellationToken);
            return answer with { Hits = [.. answer.Hits.Where(hit => hit.Id == memory)] };
        }
        finally
        {
            await client.DeleteMemoryAsync(memory, cancellationToken: cancellationToken);
        }
    }
}
