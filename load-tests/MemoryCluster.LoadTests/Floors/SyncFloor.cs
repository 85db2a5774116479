using System.Diagnostics;
using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.Storage.Files.Disk;

namespace MemoryCluster.LoadTests.Floors;

/// <summary>The disk's floor: one thread that appends 4 KB and syncs, over and over, in the folder where the host keeps its data.</summary>
internal static class SyncFloor
{
    private const int AppendBytes = 4096;

    public static LoadResult Measure(string folder, TimeSpan duration)
    {
        var path = Path.Combine(folder, "sync-floor.tmp");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        var page = new byte[AppendBytes];
        var result = new LoadResult();
        var began = Stopwatch.GetTimestamp();
        for (long at = 0; Stopwatch.GetElapsedTime(began) < duration; at += AppendBytes)
        {
            var appended = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, page, at);
            Posix.SyncData(file);
            result.Latency.Record(Stopwatch.GetElapsedTime(appended));
        }

        result.Elapsed = Stopwatch.GetElapsedTime(began);
        return result;
    }
}
