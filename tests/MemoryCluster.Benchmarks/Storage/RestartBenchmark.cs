using System.Diagnostics;
using System.Globalization;
using MemoryCluster.Embedders;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryCluster.Benchmarks.Storage;

/// <summary>How long a large shard takes to open, with the indexes that it saved and without, and how much memory it then holds.</summary>
internal static class RestartBenchmark
{
    private const int Rounds = 5;
    private const int Batch = 250;
    private const int Words = 20_000;
    private const int MemoriesDefault = 50_000;

    private static readonly ShardEngineOptions Options = new()
    {
        Shard = new ShardId(new TenantId("bench"), new TeamId("bench"), 0), TeamNumber = 1, Model = new StaticEmbedder().Model,
    };

    /// <summary>Of how many memories; or, as the process that opens, of the folder that the other one filled.</summary>
    public static Task<int> RunAsync(string[] args) => Task.Factory.StartNew(
        () => RunInTurnsAsync(args), CancellationToken.None, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    // As a grain gives them: an engine takes no calls from two threads.
    private static async Task<int> RunInTurnsAsync(string[] args)
    {
        if (args is ["open", var filled, var name])
        {
            await OpenAsync(filled, name);
            return 0;
        }

        var memories = args is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : MemoriesDefault;
        var folder = Directory.CreateTempSubdirectory("memory-cluster-restart-").FullName;
        try
        {
            await FillAsync(folder, memories);
            Print($"{memories} memories; files {MegabytesOf(folder, "log-*"):F0} MB of log, {MegabytesOf(folder, "indexes*"):F0} MB of indexes");
            Print($"{"",-22} {"opening, CPU s",15} {"by the clock, s",16} {"anonymous MB",13}");
            for (var round = 0; round < Rounds; round++)
            {
                await MeasureAsync(folder, "with saved indexes", keep: true);
                await MeasureAsync(folder, "built of the log", keep: false);
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(string folder, int memories)
    {
        await using var stores = Stores(folder);
        await using var shard = await ShardEngine.OpenAsync(Options, stores, TimeProvider.System, new Random(1), default);
        var embedder = new StaticEmbedder();
        var random = new Random(2);
        for (var first = 0; first < memories; first += Batch)
        {
            var commands = Enumerable.Range(first, Math.Min(Batch, memories - first)).Select(i =>
            {
                var text = Text(random, i);
                var draft = new MemoryDraft
                {
                    Text = text, Kind = MemoryKind.Event, Visibility = Visibility.Team, WrittenBy = default, Embedding = embedder.Embed(text),
                };
                return new RememberCommand(new AgentId("writer"), draft, null);
            });
            await shard.RememberManyAsync([.. commands], default);
        }
    }

    // About 350 characters of words as unevenly common as those of a language.
    private static string Text(Random random, int number) =>
        $"{number} " + string.Join(' ', Enumerable.Range(0, 50).Select(_ => "w" + (int)(Words * Math.Pow(random.NextDouble(), 3))));

    // In a process of its own, as a restart is.
    private static async Task MeasureAsync(string folder, string name, bool keep)
    {
        var hidden = keep ? [] : Directory.GetFiles(folder, "indexes*", SearchOption.AllDirectories);
        Array.ForEach(hidden, path => File.Move(path, Hidden(path)));
        using var opening = Process.Start(Environment.ProcessPath!, ["restart", "open", folder, name]);
        await opening.WaitForExitAsync();
        Array.ForEach(hidden, path => File.Move(Hidden(path), path));
    }

    private static string Hidden(string path) => Path.Combine(Path.GetDirectoryName(path)!, "hidden-" + Path.GetFileName(path));

    private static async Task OpenAsync(string folder, string name)
    {
        var before = AnonymousMegabytes();
        await using var stores = Stores(folder);
        var startedAt = Stopwatch.GetTimestamp();
        var cpu = Environment.CpuUsage.TotalTime;
        var shard = await ShardEngine.OpenAsync(Options, stores, TimeProvider.System, new Random(1), default);
        var taken = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        var elapsed = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        Print($"{name,-22} {taken,15:F2} {elapsed,16:F2} {AnonymousMegabytes() - before,13:F0}");

        // Not closed: nothing is to be saved over what was hidden.
        GC.KeepAlive(shard);
    }

    private static FileShardStores Stores(string folder) =>
        new(new FileStoreOptions { Root = folder }, TimeProvider.System, NullLogger<FileShardStores>.Instance);

    private static double MegabytesOf(string folder, string pattern) =>
        Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length) / 1e6;

    private static double AnonymousMegabytes()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return double.Parse(line.AsSpan(8, line.Length - 10), CultureInfo.InvariantCulture) / 1000;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
