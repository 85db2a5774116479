using MemoryCluster.LocalEngine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace MemoryCluster.Benchmarks.Engine;

/// <summary>What a call costs on the live local engine.</summary>
internal static class EngineBenchmark
{
    private const int Rounds = 9;
    private const int Callers = 64;
    private const int Grains = 1024;
    private static readonly SmallRecord Record = new("what a tool answered", 42);

    public static async Task RunAsync()
    {
        using var host = new HostBuilder()
            .ConfigureServices(services => services.AddLocalEngine(options => options.GrainAssemblies.Add(typeof(BenchmarkGrain).Assembly)))
            .Build();
        await host.StartAsync();
        var factory = host.Services.GetRequiredService<IGrainFactory>();
        var grains = Enumerable.Range(0, Grains).Select(index => factory.GetGrain<IBenchmarkGrain>($"grain-{index}")).ToArray();
        var one = grains[0];
        var plain = new BenchmarkGrainTwin();
        await Measurement.RunAsync(
            Rounds,
            ("plain async method, 1 caller (the floor)", 2_000_000, count => OneAfterAnotherAsync(count, () => plain.EchoAsync(Record))),
            ("1 caller, 1 grain", 2_000_000, count => OneAfterAnotherAsync(count, () => one.EchoAsync(Record))),
            ("1 caller, 1 grain, with token", 1_000_000, count => OneAfterAnotherAsync(count, () => one.EchoWithTokenAsync(Record, CancellationToken.None))),
            ("1 caller, new reference per call", 1_000_000, count => OneAfterAnotherAsync(count, () => factory.GetGrain<IBenchmarkGrain>("grain-7").EchoAsync(Record))),
            ("1 caller, caller -> grain -> grain", 1_000_000, count => OneAfterAnotherAsync(count, () => one.ForwardAsync(Record))),
            ("1 caller, the grain yields once", 300_000, count => OneAfterAnotherAsync(count, () => one.YieldAsync(Record))),
            ($"{Callers} callers, {Grains} grains", 4_000_000, count => ManyAsync(count, grains, grain => grain.EchoAsync(Record))),
            ($"{Callers} callers, {Grains} grains, grain -> grain", 2_000_000, count => ManyAsync(count, grains, grain => grain.ForwardAsync(Record))),
            ($"{Callers} callers, {Grains} grains, yielding", 1_000_000, count => ManyAsync(count, grains, grain => grain.YieldAsync(Record))),
            ($"{Callers} callers, 1 grain", 1_000_000, count => ManyAsync(count, [one], grain => grain.EchoAsync(Record))));
        await host.StopAsync();
    }

    private static async Task OneAfterAnotherAsync(int count, Func<Task<SmallRecord>> call)
    {
        for (var index = 0; index < count; index++)
        {
            await call();
        }
    }

    private static Task ManyAsync(int count, IBenchmarkGrain[] grains, Func<IBenchmarkGrain, Task<SmallRecord>> call) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            // Leaves the starting thread, so that callers run wherever the pool has a thread.
            await Task.Yield();
            for (var index = 0; index < count / Callers; index++)
            {
                // A stride that is coprime to the number of grains visits them all, each caller from another start.
                await call(grains[((caller * 37) + (index * 7)) % grains.Length]);
            }
        }));
}
