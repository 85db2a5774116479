using System.Globalization;
using MemoryCluster.Index.Tests.Vectors;

namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>What of the vector index is to be measured.</summary>
internal static class VectorsBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["scan"]:
                ScanBenchmark.Run();
                return 0;
            case ["switch"]:
                SwitchBenchmark.Run();
                return 0;
            case ["model", var operations, var seed]:
                return Model(long.Parse(operations, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
            case ["graph", .. var rest] when GraphSettings.Parse(rest) is { } settings:
                GraphBenchmark.Run(settings);
                return 0;
            default:
                await Console.Error.WriteLineAsync("Name what to measure: vectors scan | vectors switch | vectors model OPERATIONS SEED | vectors graph ROWS | vectors graph FILE-OF-HALF-FLOATS DIMENSIONS, the last two with [hnswlib] [faiss FOLDER] [keep FOLDER] [wait].");
                return 2;
        }
    }

    private static int Model(long operations, int seed)
    {
        using var run = new VectorModelRun(seed);
        run.Run(operations);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}: {operations} operations, {run.Differences} differences; {run.Searches} searches, {run.GraphSearches} of them by the graph, recall {run.Found / (double)run.Expected:F4}, lowest of any 200 in a row {run.LowestRecall:F4}; {run.Reloads} reloads"));
        return run.Differences == 0 && run.LowestRecall >= 0.95 ? 0 : 1;
    }
}
