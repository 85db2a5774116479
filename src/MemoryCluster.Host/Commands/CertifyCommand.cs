using System.CommandLine;
using System.Globalization;
using MemoryCluster.Contract;
using Spectre.Console;

namespace MemoryCluster.Host.Commands;

/// <summary><c>certify ID</c>: has the evidence of a memory run again, and says whether it came out as it is written.</summary>
internal static class CertifyCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The memory." };
        var json = CommandOutput.JsonOption();
        var server = new ServerOptions();
        var command = new Command("certify", "Have the evidence that a memory was admitted on run again; exits 1 where it comes out otherwise.") { id, json };
        server.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            using var client = server.Connect(parsed);
            var certificate = await client.GetCertificateAsync(parsed.GetRequiredValue(id), cancellationToken);
            new CommandOutput(parsed, json).Print(certificate, CliJson.Readable.CertificateResponse, Print);
            return certificate.Holds ? 0 : 1;
        });
        return command;
    }

    /// <summary>The replays, what they show, and whether they hold.</summary>
    public static void Print(IAnsiConsole console, CertificateResponse certificate)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("run", "own", "without", "with", "misled", "worth", "fingerprint");
        foreach (var pair in certificate.Decision.Evidence)
        {
            table.AddRow(
                pair.RunId, pair.Own ? "yes" : "", Number(pair.RewardWithout), Number(pair.RewardWith), pair.Misled ? "yes" : "", Number(pair.Difference),
                pair.Fingerprint);
        }

        if (certificate.Decision.Evidence.Count > 0)
            console.Write(table);
        if (certificate.Decision.Effect is { } effect)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"effect {effect.Mean:F3} [{effect.Lower:F3}, {effect.Upper:F3}] over {effect.Pairs} runs of others, at {certificate.Confidence:P0}"));
        }

        console.WriteLine(
            certificate.Holds
                ? $"{certificate.Replayed} of {certificate.Decision.Evidence.Count} replays run again, all as written"
                : $"{certificate.Differing.Count} of {certificate.Replayed} replays came out otherwise: {string.Join(", ", certificate.Differing)}");
    }

    private static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
