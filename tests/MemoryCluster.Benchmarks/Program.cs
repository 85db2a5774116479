using MemoryCluster.Benchmarks.Engine;
using MemoryCluster.Benchmarks.Storage;

// Each mode prints its own table; a mode is added here and nowhere else.
var modes = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
{
    ["engine"] = EngineBenchmark.RunAsync,
    ["simulation"] = SimulationBenchmark.RunAsync,
    ["storage"] = StorageBenchmark.RunAsync,
};
if (args is [var name, ..] && modes.TryGetValue(name, out var run))
{
    await run();
    return 0;
}

await Console.Error.WriteLineAsync($"Name what to measure: {string.Join(", ", modes.Keys)}.");
return 2;
