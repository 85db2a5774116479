using System.Diagnostics;
using MemoryCluster.Storage.Files;
using MemoryCluster.Storage.Files.Disk;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryCluster.Benchmarks.Storage;

/// <summary>One caller's append and 64 callers' group commit on a file store, beside the bare write and fdatasync of the same disk.</summary>
internal static class StorageBenchmark
{
    private const int PayloadBytes = 1_000;
    private const int WritesPerRound = 1_000;
    private const int Callers = 64;
    private const int Rounds = 10;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("memory-cluster-benchmark-").FullName;
        try
        {
            await RunAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder)
    {
        await using var stores = new FileShardStores(
            new FileStoreOptions { Root = Path.Combine(folder, "stores") }, TimeProvider.System, NullLogger<FileShardStores>.Instance);
        var serial = await AppendLoad.OpenAsync(stores, "serial", PayloadBytes);
        var grouped = await AppendLoad.OpenAsync(stores, "grouped", PayloadBytes);
        (string Name, Latencies Seen, Func<Latencies, Task> Run)[] cases =
        [
            ("write + fdatasync, the file grows", new(), seen => Floor(Path.Combine(folder, "grows"), laidOut: false, seen)),
            ("write + fdatasync, into laid-out zeros", new(), seen => Floor(Path.Combine(folder, "laid-out"), laidOut: true, seen)),
            ("append, 1 caller", new(), seen => serial.OneCallerAsync(WritesPerRound, seen)),
            ("append, 64 callers grouped", new(), seen => grouped.ManyCallersAsync(Callers, 10 * WritesPerRound, seen)),
        ];
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (_, seen, run) in cases)
                await run(round == 0 ? new Latencies() : seen);
        }

        Console.WriteLine($"{"records of 1,000 bytes",-42} {"writes/s",10} {"p50 us",8} {"p99 us",8} {"p99.9 us",9}");
        foreach (var (name, seen, _) in cases)
            Console.WriteLine(seen.Row(name));
    }

    private static Task Floor(string path, bool laidOut, Latencies seen)
    {
        var bytes = new byte[PayloadBytes];
        using var file = DiskFiles.Instance.Open(path, FileMode.Create, FileAccess.ReadWrite);
        if (laidOut)
        {
            file.Write(new byte[PayloadBytes * WritesPerRound], 0);
            file.Sync();
        }

        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < WritesPerRound; i++)
        {
            var start = Stopwatch.GetTimestamp();
            file.Write(bytes, (long)i * PayloadBytes);
            file.Sync();
            seen.Add(Stopwatch.GetElapsedTime(start));
        }

        seen.AddRound(Stopwatch.GetElapsedTime(began));
        return Task.CompletedTask;
    }
}
