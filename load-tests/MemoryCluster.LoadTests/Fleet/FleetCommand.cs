using System.CommandLine;
using System.Text.Json;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary><c>fleet</c>: silos killed and frozen, Redis killed, under concurrent writes and reads.</summary>
internal static class FleetCommand
{
    public static Command Create(TimeProvider clock)
    {
        var silos = new Option<int>("--silos") { Description = "Silos beside the gateway.", DefaultValueFactory = _ => 3 };
        var kills = new Option<int>("--kills") { Description = "How often a silo is killed.", DefaultValueFactory = _ => 20 };
        var freezes = new Option<int>("--freezes") { Description = "How often a silo is frozen for 5 to 20 seconds.", DefaultValueFactory = _ => 0 };
        var redisKills = new Option<int>("--redis-kills") { Description = "How often Redis is killed.", DefaultValueFactory = _ => 0 };
        var seed = new Option<int>("--seed") { Description = "Decides what is written and what happens to whom.", DefaultValueFactory = _ => 1 };
        var host = new Option<FileInfo?>("--host") { Description = "The host's assembly, built with -p:Engine=Orleans; by default the one built beside this program." };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var command = new Command("fleet", "Kills and freezes silos of a cluster on Redis under concurrent writes and reads; exit code 1 if an acknowledged write is lost, doubled, stale or comes back after its deletion. Needs redis-server and a host built on Orleans.")
        {
            silos, kills, freezes, redisKills, seed, host, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = new FleetSettings
            {
                Silos = parsed.GetValue(silos),
                Kills = parsed.GetValue(kills),
                Freezes = parsed.GetValue(freezes),
                RedisKills = parsed.GetValue(redisKills),
                Seed = parsed.GetValue(seed),
                Folder = Directory.CreateTempSubdirectory("memory-cluster-fleet-").FullName,
                HostAssembly = parsed.GetValue(host)?.FullName,
            };
            var report = await new FleetRun(settings, clock, Console.Error.WriteLine).RunAsync(cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(report, ReportJson.Options) : report.ToString());
            if (report.Violations > 0)
            {
                await Console.Error.WriteLineAsync($"What was stored is left in {settings.Folder}.");
                return 1;
            }

            Directory.Delete(settings.Folder, recursive: true);
            return 0;
        });
        return command;
    }
}
