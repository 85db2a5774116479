using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.LocalEngine.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Engines;

/// <summary>Runs a fact on one of the two engines. Time is virtual on both.</summary>
internal static class Engine
{
    // A fact that hangs fails; no fact waits for it.
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    public static Task RunAsync(EngineKind kind, Func<Scene, Task> fact, Action<Setup>? configure = null)
    {
        var setup = new Setup();
        setup.Options.GrainAssemblies.Add(typeof(Engine).Assembly);
        configure?.Invoke(setup);
        return kind == EngineKind.Live ? RunLiveAsync(setup, fact) : RunSimulated(setup, fact);
    }

    private static async Task RunLiveAsync(Setup setup, Func<Scene, Task> fact)
    {
        var log = new Log();
        var clock = new SimulatedTimeProvider(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var host = new HostBuilder()
            .ConfigureServices(services =>
            {
                services.AddSingleton(log).AddSingleton<TimeProvider>(clock);
                services.AddLocalEngine(options => Copy(setup.Options, options));
                setup.Services(services);
                setup.ClientServices(services);
            })
            .Build();
        await host.StartAsync();
        await fact(new Scene(host.Services.GetRequiredService<IClusterClient>(), log, clock, Advance)).WaitAsync(Guard);

        // Grains may be stuck in calls of theirs: their time-outs pass while the host stops.
        var stopping = host.StopAsync();
        while (!stopping.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopping;

        Task Advance(TimeSpan by)
        {
            clock.Advance(by);
            return Task.CompletedTask;
        }
    }

    private static Task RunSimulated(Setup setup, Func<Scene, Task> fact)
    {
        var log = new Log();
        var options = new SimulationOptions
        {
            ConfigureServices = (services, _) => setup.Services(services.AddSingleton(log)),
            ConfigureClientServices = services => setup.ClientServices(services.AddSingleton(log)),
        };
        Copy(setup.Options, options.Engine);
        LocalEngine.Simulation.Simulation.Run(1, options, sim => fact(new Scene(sim.Grains, log, sim.Clock, sim.DelayAsync)));
        return Task.CompletedTask;
    }

    private static void Copy(LocalEngineOptions source, LocalEngineOptions target)
    {
        foreach (var property in typeof(LocalEngineOptions).GetProperties().Where(property => property.CanWrite))
        {
            property.SetValue(target, property.GetValue(source));
        }

        source.GrainAssemblies.ToList().ForEach(target.GrainAssemblies.Add);
        source.GrainClasses.ToList().ForEach(target.GrainClasses.Add);
        source.Silos.ToList().ForEach(target.Silos.Add);
    }
}
