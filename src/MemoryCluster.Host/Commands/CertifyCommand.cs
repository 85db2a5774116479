using System.CommandLine;
using System.Globalization;
using MemoryCluster.Contract;
using Spectre.Console;

namespace MemoryCluster.Host.Commands;

/// <summary>
/// <c>certify ID</c>: has the evidence of a memory run again, and says whether it came out as it is written. <c>--rerun</c> asks replayers outside
/// of the cluster too.
/// </summary>
internal static class CertifyCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The memory." };
        var rerun = new Option<bool>("--rerun")
        {
            Description = "Have replayers outside of the cluster replay the runs once more too; counts against the team's replays of the day.",
        };
        var json = CommandOutput.JsonOption();
        var server = new ServerOptions();
        const string Description = "Have the evidence that a memory was admitted on run again; exits 1 where it comes out otherwise.";
        var command = new Command("certify", Description) { id, rerun, json };
        server.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            using var client = server.Connect(parsed);
            var certificate = await client.GetCertificateAsync(parsed.GetRequiredValue(id), cancellationToken);
            if (!parsed.GetValue(rerun))
            {
                new CommandOutput(parsed, json).Print(certificate, CliJson.Readable.CertificateResponse, Print);
                return certificate.Holds ? 0 : 1;
            }

            var again = await client.RerunCertificateAsync(certificate.MemoryId, cancellationToken);
            new CommandOutput(parsed, json).Print(new CertifyReport(certificate, again), CliJson.Readable.CertifyReport, Print);
            return certificate.Holds && again.Holds ? 0 : 1;
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

        var looked = certificate.Replayed + certificate.Evaluated;
        console.WriteLine(
            certificate.Holds
                ? $"{certificate.Replayed} of {certificate.Decision.Evidence.Count} replays run again, {certificate.Evaluated} worked out again, all as written"
                : $"{certificate.Differing.Count} of {looked} replays came out otherwise: {string.Join(", ", certificate.Differing)}");
        foreach (var failure in certificate.Decision.Failures ?? [])
            console.WriteLine($"  not replayed on {failure.RunId}: {failure.Reason}, after {failure.Attempts} attempts");
    }

    private static void Print(IAnsiConsole console, CertifyReport report)
    {
        Print(console, report.Certificate);
        foreach (var replay in report.Rerun.Replays)
        {
            console.WriteLine(replay.Failure is { } failure
                ? $"  {replay.RunId} by {report.Rerun.Replayer}: {failure}"
                : $"  {replay.RunId} by {report.Rerun.Replayer}: {Number(replay.RewardWithout ?? 0)} without, {Number(replay.RewardWith ?? 0)} with"
                    + (replay.Agrees ? "" : ", otherwise than recorded"));
        }

        console.WriteLine(
            $"{report.Rerun.Replays.Count(replay => replay.Agrees)} of {report.Rerun.Recorded} replays by {report.Rerun.Replayer} agree within "
            + $"{Number(report.Rerun.Tolerance)}; the verdict {(report.Rerun.VerdictAgrees ? "is the same" : "would be another")}");
    }

    private static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
