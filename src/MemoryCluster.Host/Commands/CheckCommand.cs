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

    public static Command Create()
    {
        var team = new Option<string>("--team") { Description = "The team that it is remembered in; made if it is missing.", DefaultValueFactory = _ => "check" };
        var server = new ServerOptions();
        var command = new Command("check", "Remember a sentence on a running server, recall it and forget it; exit code 0 if all three went well.") { team };
        server.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            using var client = server.Connect(parsed);
            var found = await RunAsync(client, parsed.GetRequiredValue(team), cancellationToken);
            var (writer, line) = found
                ? (parsed.InvocationConfiguration.Output, "A sentence was remembered, recalled and forgotten.")
                : (parsed.InvocationConfiguration.Error, "What was remembered was not recalled.");
            await writer.WriteLineAsync(line);
            return found ? 0 : 1;
        });
        return command;
    }

    private static async Task<bool> RunAsync(MemoryClusterClient client, string team, CancellationToken cancellationToken)
    {
        using var teams = new TeamDirectory(client);
        await teams.EnsureAsync(team, Agent, cancellationToken);
        // A text of its own each time: what another check left does not answer for this one.
        var text = $"The check numbered {RandomNumberGenerator.GetHexString(16)} was remembered.";
        var memory = (await client.Agent(team, Agent).RememberAsync(text, cancellationToken: cancellationToken)).Id;
        try
        {
            var request = new RecallRequest { Team = team, Agent = Agent, Query = text, K = 1 };
            return (await client.RecallAsync(request, cancellationToken)).Hits.Any(hit => hit.Id == memory);
        }
        finally
        {
            await client.DeleteMemoryAsync(memory, cancellationToken: cancellationToken);
        }
    }
}
