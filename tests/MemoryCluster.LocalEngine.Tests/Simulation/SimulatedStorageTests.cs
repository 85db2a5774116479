using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.LocalEngine.Storage;
using MemoryCluster.LocalEngine.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace MemoryCluster.LocalEngine.Tests.Simulation;

public sealed class SimulatedStorageTests
{
    private readonly MemoryGrainStorage _storage = new();

    [Fact]
    public void FailedWrite_HasItsEffectOrNot_AndTheGrainCannotTell()
    {
        var outcomes = Enumerable.Range(0, 60).Select(seed => WriteWithFaults(seed)).Distinct().Order();

        Assert.Equal(["failed, not there", "failed, there", "written, there"], outcomes);
    }

    [Fact]
    public void SiloKilledDuringAWrite_NeverAnswers_WhetherOrNotTheWriteTookEffect()
    {
        var outcomes = Enumerable.Range(0, 60).Select(seed =>
        {
            var storage = new MemoryGrainStorage();
            var outcome = "";
            LocalEngine.Simulation.Simulation.Run(seed, Options(storage), async sim =>
            {
                var grain = sim.Grains.GetGrain<IStateGrain>("a");
                await grain.ReadAsync();
                var writing = grain.WriteAsync("new");
                await sim.DelayAsync(TimeSpan.FromMilliseconds(sim.Random.NextDouble() * 8));
                sim.KillSilo(0);
                await sim.DelayAsync(TimeSpan.FromMinutes(1));

                var page = new GrainState<Page>();
                await storage.ReadStateAsync("page", GrainId.Create("state", "a"), page);
                outcome = $"{(writing.IsCompletedSuccessfully ? "answered" : "not answered")}, {(page.RecordExists ? "there" : "not there")}";
            });
            return outcome;
        });

        Assert.Equal(["answered, there", "not answered, not there", "not answered, there"], outcomes.Distinct().Order());
    }

    [Fact]
    public void HostedServices_StartWithEveryLifeOfASilo_OnItsClock()
    {
        var log = new Log();
        var options = Options(_storage);
        var before = options.ConfigureServices;
        options.ConfigureServices = (services, silo) =>
        {
            before(services, silo);
            services.AddSingleton(log).AddSingleton(silo).AddHostedService<Heart>();
        };
        LocalEngine.Simulation.Simulation.Run(1, options, async sim =>
        {
            await sim.DelayAsync(TimeSpan.FromSeconds(2.5));
            sim.FreezeSilo(0);
            await sim.DelayAsync(TimeSpan.FromSeconds(3));
            sim.ThawSilo(0);
            await sim.DelayAsync(TimeSpan.FromSeconds(1));
            sim.RestartSilo(0);
            await sim.DelayAsync(TimeSpan.FromSeconds(1.5));
        });

        Assert.Equal(["1 beats", "1 beats", "1 beats", "1 beats", "2 beats"], log.Entries);
    }

    private static string WriteWithFaults(int seed)
    {
        var storage = new MemoryGrainStorage();
        var options = Options(storage);
        var outcome = "";
        options.Stores.FailBefore = options.Stores.FailAfter = 0.2;
        options.Stores.HalfApply = 0.2;
        LocalEngine.Simulation.Simulation.Run(seed, options, async sim =>
        {
            var grain = sim.Grains.GetGrain<IStateGrain>("a");
            sim.StoreFaults.IsEnabled = false;
            await grain.ReadAsync();
            sim.StoreFaults.IsEnabled = true;
            var failed = false;
            try
            {
                await grain.WriteAsync("new");
            }
            catch (IOException)
            {
                failed = true;
            }

            var page = new GrainState<Page>();
            await storage.ReadStateAsync("page", GrainId.Create("state", "a"), page);
            outcome = $"{(failed ? "failed" : "written")}, {(page.RecordExists ? "there" : "not there")}";
        });
        return outcome;
    }

    private static SimulationOptions Options(MemoryGrainStorage storage)
    {
        var options = new SimulationOptions
        {
            ConfigureServices = (services, silo) => services
                .AddMemoryGrainStorage()
                .AddKeyedSingleton<IGrainStorage>("books", new SimulatedGrainStorage(storage, silo.StoreFaults)),
        };
        options.Engine.GrainClasses.Add(typeof(StateGrain));
        return options;
    }

    private sealed class Heart(Log log, TimeProvider clock, SimulatedSilo silo) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            _ = BeatAsync();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private async Task BeatAsync()
        {
            using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
            while (await beat.WaitForNextTickAsync())
            {
                log.Add($"{silo.Generation} beats");
            }
        }
    }
}
