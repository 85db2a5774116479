using System.CommandLine;
using System.Text.Json;
using MemoryCluster.LoadTests.Processes;
using MemoryCluster.LoadTests.Scenarios;
using MemoryCluster.LoadTests.Targets;

namespace MemoryCluster.LoadTests.Comparing;

/// <summary><c>compare</c>: what Orleans and Redis cost, apart.</summary>
internal static class CompareCommand
{
    public static Command Create(TimeProvider clock)
    {
        var defaults = new BenchSettings();
        var rounds = ScenarioOptions.Number("--rounds", "How often the variants are measured in turn.", 5, 1, 100);
        var seconds = ScenarioOptions.Number("--seconds", "Time of one reading; each variant has two in a round.", 5, 1, 600);
        var memories = ScenarioOptions.Number("--memories", "Memories that each holds.", 5_000, 1, 1_000_000);
        var teams = ScenarioOptions.Number("--teams", "Teams that hold them.", defaults.Teams, 2, 1_000);
        var warmUp = ScenarioOptions.Number("--warm-up", "Seconds of load before each is measured.", (int)defaults.WarmUp.TotalSeconds, 0, 600);
        var silos = ScenarioOptions.Number("--silos", "Silos of the cluster.", 3, 1, 64);
        var percent = ScenarioOptions.Number("--percent", "The least share of the local engine's throughput that the cluster shall reach.", 60, 1, 1_000);
        var json = new Option<FileInfo?>("--json") { Description = "A file for the figures as JSON." };
        var command = new Command("compare", "Mixed load on the local engine and on Orleans in alternation, and what Redis costs each; exit code 1 if the cluster is too slow. Needs redis-server and a host built on Orleans.")
        {
            rounds, seconds, memories, teams, warmUp, silos, percent, json,
        };
        command.SetAction((parsed, cancellationToken) => CommandFaults.ToldAsync(async () =>
        {
            using var folder = new WorkFolder();
            var settings = new CompareSettings
            {
                Variants = Variants(folder.Path, parsed.GetValue(silos)),
                Bench = new BenchSettings
                {
                    Memories = parsed.GetValue(memories), Teams = parsed.GetValue(teams), WarmUp = TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
                },
                Rounds = parsed.GetValue(rounds),
                Slice = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                PercentMin = parsed.GetValue(percent),
            };
            var report = await new CompareRun(settings, clock, Console.Error.WriteLine).RunAsync(cancellationToken);
            Console.WriteLine(report);
            if (parsed.GetValue(json) is { } file)
                await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(report, ReportJson.Options), cancellationToken);
            return report.Demand.IsMet ? 0 : 1;
        }));
        return command;
    }

    // The first is what the others are held against, the last what the demand is about; those between tell what Redis and Orleans cost alone.
    private static IReadOnlyList<(string Name, TargetSettings Target)> Variants(string folder, int silos)
    {
        return
        [
            ("local engine, files", Of("local-files", TargetKind.Local)),
            ("local engine, Redis", Of("local-redis", TargetKind.Local) with { Store = StoreKind.Redis }),
            ("Orleans, one process, files", Of("orleans-files", TargetKind.Local) with { IsOnOrleans = true }),
            ($"Orleans, {silos} silos and a gateway, Redis", Of("orleans-cluster", TargetKind.Orleans) with { Silos = silos, IsOnOrleans = true }),
        ];

        TargetSettings Of(string name, TargetKind kind) => new() { Kind = kind, Folder = Directory.CreateDirectory(Path.Combine(folder, name)).FullName };
    }
}
