using System.CommandLine;
using System.Text.Json;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary><c>fleet</c>: silos killed, frozen, cut off and replaced, Redis killed, under concurrent writes and reads.</summary>
internal static class FleetCommand
{
    private static readonly Option<int> Silos = new("--silos") { Description = "Silos beside the gateway.", DefaultValueFactory = _ => 3 };
    private static readonly Option<int> Kills = new("--kills") { Description = "How often a silo is killed." };
    private static readonly Option<int> Freezes = new("--freezes") { Description = "How often a silo is frozen." };
    private static readonly Option<double[]> FreezeSeconds = Span("--freeze-seconds", "How long a silo is frozen, least and most.", 5, 60);
    private static readonly Option<int> RedisKills = new("--redis-kills") { Description = "How often Redis is killed." };
    private static readonly Option<int> Partitions = new("--partitions") { Description = "How often links are cut, each of the kinds." };

    private static readonly Option<PartitionKind[]> PartitionKinds = new("--partition-kinds")
    {
        Description =
            "redis (a silo from it), oneway, twoway (two silos), all (a silo from all); default all four. All but redis need Linux, root, ip and nft.",
        AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => Enum.GetValues<PartitionKind>(),
    };

    private static readonly Option<double[]> PartitionSeconds = Span("--partition-seconds", "How long links are cut, least and most.", 10, 60);
    private static readonly Option<int> Upgrades = new("--upgrades") { Description = "How often all silos are stopped and started, one after the other." };

    private static readonly Option<FileInfo?> Next = new("--next")
    {
        Description = "Another build's memorycluster.dll, which every other upgrade goes to and the next one comes back from; by default the same.",
    };

    private static readonly Option<int> Rate = new("--rate")
    {
        Description = "Writes a second, and as many reads beside them.", DefaultValueFactory = _ => 200,
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Decides what is written and what happens to whom.", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<FileInfo?> Host = new("--host")
    {
        Description = "The host's assembly, built with -p:Engine=Orleans; by default the one built beside this program.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the result as JSON." };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command(
            "fleet",
            "Kills, freezes, cuts off and replaces silos of a cluster on Redis, and kills Redis, under concurrent writes and reads; exit code 1 if "
            + "an acknowledged write is lost, doubled, stale or comes back after its deletion, or a memory's history is not linearizable. Needs "
            + "redis-server and a host built on Orleans.")
        {
            Silos, Kills, Freezes, FreezeSeconds, RedisKills, Partitions, PartitionKinds, PartitionSeconds, Upgrades, Next, Rate, Seed, Host, Json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, clock, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TimeProvider clock, CancellationToken cancellationToken)
    {
        var settings = Read(parsed);
        try
        {
            var report = await new FleetRun(settings, clock, Console.Error.WriteLine).RunAsync(cancellationToken);
            Console.WriteLine(parsed.GetValue(Json) ? JsonSerializer.Serialize(report, ReportJson.Options) : report.ToString());
            if (!report.Holds)
            {
                await Console.Error.WriteLineAsync($"What was stored and the history of the clients are left in {settings.Folder}.");
                return 1;
            }
        }
        catch (InvalidOperationException cannot)
        {
            await Console.Error.WriteLineAsync(cannot.Message);
            return 1;
        }

        Directory.Delete(settings.Folder, recursive: true);
        return 0;
    }

    private static FleetSettings Read(ParseResult parsed)
    {
        var (freeze, partition) = (parsed.GetRequiredValue(FreezeSeconds), parsed.GetRequiredValue(PartitionSeconds));
        return new FleetSettings
        {
            Silos = parsed.GetValue(Silos),
            Kills = parsed.GetValue(Kills),
            Freezes = parsed.GetValue(Freezes),
            FreezeMin = TimeSpan.FromSeconds(freeze[0]),
            FreezeMax = TimeSpan.FromSeconds(freeze[1]),
            RedisKills = parsed.GetValue(RedisKills),
            Partitions = parsed.GetValue(Partitions),
            PartitionKinds = parsed.GetRequiredValue(PartitionKinds),
            PartitionMin = TimeSpan.FromSeconds(partition[0]),
            PartitionMax = TimeSpan.FromSeconds(partition[1]),
            Upgrades = parsed.GetValue(Upgrades),
            NextAssembly = parsed.GetValue(Next)?.FullName,
            Rate = parsed.GetValue(Rate),
            Seed = parsed.GetValue(Seed),
            Folder = Directory.CreateTempSubdirectory("memory-cluster-fleet-").FullName,
            HostAssembly = parsed.GetValue(Host)?.FullName,
        };
    }

    private static Option<double[]> Span(string name, string description, double least, double most)
    {
        var option = new Option<double[]>(name)
        {
            Description = description, Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [least, most],
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double[]>() is not [var from, var to] || from <= 0 || to < from)
                result.AddError($"{name} takes two numbers of seconds, the least and the most.");
        });
        return option;
    }
}
