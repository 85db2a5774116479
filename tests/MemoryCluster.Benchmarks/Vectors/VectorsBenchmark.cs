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
            default:
                await Console.Error.WriteLineAsync("Name what to measure: vectors scan.");
                return 2;
        }
    }
}
