using System.Globalization;
using MemoryCluster.Index.Tests.Vectors;

namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>What of the vector index is to be measured.</summary>
internal static class VectorsBenchmark
{
    private const int Dimensions = 384;
    private const int Queries = 1_000;

    public static async Task<int> RunAsync(string[] args)
    {
        // faiss takes minutes to build at 100,000 vectors; naming hnswlib last leaves it out.
        var withFaiss = args is not [.., "hnswlib"];
        switch (withFaiss ? args : args[..^1])
        {
            case ["scan"]:
                ScanBenchmark.Run();
                return 0;
            case ["model", var operations, var seed]:
                return Model(long.Parse(operations, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
            case ["graph", var rows] when int.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out var count):
                GraphBenchmark.Run(withFaiss, folder => GraphData.OfMixture(folder, count, Queries, Dimensions));
                return 0;
            case ["graph", var path, var dimensions] when int.TryParse(dimensions, NumberStyles.None, CultureInfo.InvariantCulture, out var count):
                GraphBenchmark.Run(withFaiss, folder => GraphData.OfHalfFloats(folder, path, count));
                return 0;
            default:
                await Console.Error.WriteLineAsync("Name what to measure: vectors scan | vectors model OPERATIONS SEED | vectors graph ROWS [hnswlib] | vectors graph FILE-OF-HALF-FLOATS DIMENSIONS [hnswlib].");
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
