using System.CommandLine;
using System.Globalization;
using MemoryCluster.Client;
using MemoryCluster.Contract;
using Spectre.Console;

namespace MemoryCluster.Host.Commands;

/// <summary><c>why ID</c>: tells how a memory came to stand as it does.</summary>
internal static class WhyCommand
{
    // Of what the gate saw, the most telling.
    private const int FeaturesShown = 8;

    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The memory." };
        var server = new ServerOptions();
        var command = new Command("why", "Tell why a memory is there, what it weighs, and what it came from.") { id };
        server.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            using var client = server.Connect(parsed);
            var memory = await client.GetMemoryAsync(parsed.GetRequiredValue(id), cancellationToken);
            Print(AnsiConsole.Console, memory);
            if (await FindCertificateAsync(client, memory.Id, cancellationToken) is { } certificate)
            {
                Print(AnsiConsole.Console, certificate.Decision);
                CertifyCommand.Print(AnsiConsole.Console, certificate);
            }

            return 0;
        });
        return command;
    }

    private static async Task<CertificateResponse?> FindCertificateAsync(MemoryClusterClient client, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetCertificateAsync(id, cancellationToken);
        }
        catch (MemoryClusterException none) when (none.Code == "certificate_not_found")
        {
            return null;
        }
    }

    private static void Print(IAnsiConsole console, MemoryResponse memory)
    {
        console.WriteLine(memory.Text);
        console.WriteLine();
        console.WriteLine($"{Word.Of(memory.State)}, for the reason '{memory.Reason}', since {memory.UpdatedAt:O}");
        console.WriteLine($"{Word.Of(memory.Kind)} by agents {string.Join(", ", memory.Provenance.Agents)}"
            + (memory.Provenance.User is { } user ? $" for user {user}" : "") + (memory.Provenance.Run is { } run ? $", in run {run}" : ""));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"weight {memory.Weight:F3}, used {memory.Uses} times, said again {memory.Confirmations} times, trust {memory.Trust:F2}"));
        if (memory.Utility is { } utility)
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"mean reward {utility.MeanReward:F3}, mean share of it {utility.Credit:F3}: {utility.Replayed} measured by replay without it, "
                + $"{memory.Uses - utility.Replayed} worked out of outcomes"));
        foreach (var evidence in memory.Links.Evidence)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  said again by {evidence.Agent} at {evidence.At:O}, similarity {evidence.Similarity:F3}"));
        if (memory.Summary is { } summary)
            console.WriteLine(summary.Model is { } model ? $"worded by model {model} at {summary.At:O}; its sources bear it out" : "its sentences are those of its sources");
        foreach (var source in memory.Links.DerivedFrom)
            console.WriteLine($"  made of {source}");
    }

    private static void Print(IAnsiConsole console, DecisionBody decision)
    {
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"taught by step {decision.Step} of run {decision.RunId}; the gate (weights {decision.PolicyVersion}) gave it {decision.Probability:F3}"
            + $"{(decision.Explored ? ", and chance decided" : "")}; now {Word.Of(decision.Decision)} for the reason '{decision.Reason}'"));
        foreach (var (name, value) in decision.Features.Where(feature => feature.Value != 0).OrderByDescending(feature => Math.Abs(feature.Value)).Take(FeaturesShown))
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name} {value:F3}"));
    }
}
