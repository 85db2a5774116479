using System.CommandLine;
using System.Text.Json;
using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Chaos;

/// <summary><c>chaos</c>: SIGKILLs of the host under concurrent writes.</summary>
internal static class ChaosCommand
{
    public static Command Create(TimeProvider clock)
    {
        var store = new Option<StoreKind>("--store") { Description = "Where the host keeps its shards; for redis a redis-server must be installed.", DefaultValueFactory = _ => StoreKind.File };
        var kills = new Option<int>("--kills") { Description = "How often the host is killed.", DefaultValueFactory = _ => 200 };
        var seed = new Option<int>("--seed") { Description = "Decides what is written and when the host is killed.", DefaultValueFactory = _ => 1 };
        var host = new Option<FileInfo?>("--host") { Description = "The host's assembly; by default the one built beside this program." };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var command = new Command("chaos", "Kills the host at random moments under concurrent writes; exit code 1 if an acknowledged write is lost, doubled or comes back after its deletion.")
        {
            store, kills, seed, host, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Directory.CreateTempSubdirectory("memory-cluster-chaos-").FullName;
            var settings = new ChaosSettings
            {
                Store = parsed.GetValue(store),
                Kills = parsed.GetValue(kills),
                Seed = parsed.GetValue(seed),
                Folder = folder,
                HostAssembly = parsed.GetValue(host)?.FullName,
            };
            var report = await new ChaosRun(settings, clock, Console.Error.WriteLine).RunAsync(cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(report, ReportJson.Options) : report.ToString());
            if (report.Violations > 0)
            {
                Console.Error.WriteLine($"The stores are left in {folder}.");
                return 1;
            }

            Directory.Delete(folder, recursive: true);
            return 0;
        });
        return command;
    }
}
