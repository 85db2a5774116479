using System.Diagnostics;
using System.Globalization;
using MemoryCluster.LocalEngine;
using MemoryCluster.LocalEngine.Simulation;
using Orleans.Runtime;

namespace MemoryCluster.Benchmarks.Engine;

/// <summary>How many simulated runs, turns and events a second one thread does: what sizes a campaign of seeds.</summary>
internal static class SimulationBenchmark
{
    private const int Seeds = 500;

    public static Task RunAsync()
    {
        var options = new SimulationOptions();
        options.Engine.GrainAssemblies.Add(typeof(BenchmarkGrain).Assembly);
        options.Messages.Lose = options.Messages.Duplicate = options.Messages.Delay = 0.02;
        for (var silo = 0; silo < 5; silo++)
        {
            options.Engine.Silos.Add(new SiloOptions());
        }

        for (var round = 0; round < 3; round++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            var steps = Enumerable.Range(0, Seeds).Sum(seed => Simulation.Run(seed, options, MainAsync).StepCount);
            var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: {Seeds / seconds:F0} runs/s of 5 silos and {steps / Seeds} steps each; {steps / seconds:F0} steps/s"));
        }

        return Task.CompletedTask;
    }

    private static async Task MainAsync(SimulatedCluster sim)
    {
        var clients = Enumerable.Range(0, 4).Select(client => sim.Client($"client-{client}").RunAsync(async grains =>
        {
            for (var call = 0; call < 50; call++)
            {
                try
                {
                    await grains.GetGrain<IBenchmarkGrain>($"grain-{sim.Random.Next(20)}").ForwardAsync(new SmallRecord("text", call));
                }
                catch (Exception exception) when (exception is TimeoutException or OrleansException)
                {
                    await sim.DelayAsync(TimeSpan.FromMilliseconds(10));
                }
            }
        }));
        sim.KillSilo(sim.Random.Next(5));
        await Task.WhenAll(clients);
    }
}
