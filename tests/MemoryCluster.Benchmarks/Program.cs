using MemoryCluster.Benchmarks.Admission;
using MemoryCluster.Benchmarks.Consolidation;
using MemoryCluster.Benchmarks.Controller;
using MemoryCluster.Benchmarks.Engine;
using MemoryCluster.Benchmarks.Lexical;
using MemoryCluster.Benchmarks.Recall;
using MemoryCluster.Benchmarks.Storage;
using MemoryCluster.Benchmarks.Utility;
using MemoryCluster.Benchmarks.Vectors;

// Each mode prints its own table; a mode is added here and nowhere else.
var modes = new Dictionary<string, Func<string[], Task<int>>>(StringComparer.Ordinal)
{
    ["consolidation"] = _ => Whole(ConsolidationBenchmark.RunAsync),
    ["controller"] = _ => Whole(ControllerBenchmark.RunAsync),
    ["engine"] = _ => Whole(EngineBenchmark.RunAsync),
    ["gate"] = _ => Whole(GateBenchmark.RunAsync),
    ["lexical"] = LexicalBenchmark.RunAsync,
    ["outcome"] = _ => Whole(OutcomeBenchmark.RunAsync),
    ["recall"] = RecallBenchmark.RunAsync,
    ["restart"] = RestartBenchmark.RunAsync,
    ["simulation"] = _ => Whole(SimulationBenchmark.RunAsync),
    ["storage"] = _ => Whole(StorageBenchmark.RunAsync),
    ["vectors"] = VectorsBenchmark.RunAsync,
};
if (args is [var name, .. var rest] && modes.TryGetValue(name, out var run))
{
    return await run(rest);
}

await Console.Error.WriteLineAsync($"Name what to measure: {string.Join(", ", modes.Keys)}.");
return 2;

static async Task<int> Whole(Func<Task> run)
{
    await run();
    return 0;
}
