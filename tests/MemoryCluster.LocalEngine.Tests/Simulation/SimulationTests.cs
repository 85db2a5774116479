using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.LocalEngine.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Simulation;

public sealed class SimulationTests
{
    private readonly Log _log = new();

    [Fact]
    public void SameSeed_GivesTheSameRun()
    {
        var hashes = Enumerable.Range(0, 3).Select(_ => RunChaos(seed: 7).TraceHash).Distinct();

        Assert.Single(hashes);
    }

    [Fact]
    public void DifferentSeeds_GiveDifferentRuns()
    {
        var hashes = Enumerable.Range(0, 20).Select(seed => RunChaos(seed).TraceHash).Distinct();

        Assert.Equal(20, hashes.Count());
    }

    [Fact]
    public void KilledSilo_TakesItsMemoryWithIt_AndItsGrainsComeBackElsewhere()
    {
        Run(seed: 1, Options(silos: 3), async sim =>
        {
            var counter = sim.Grains.GetGrain<ICounterGrain>("a");
            Assert.Equal(5, await counter.AddAsync(5));
            var before = await counter.WhoAsync();

            sim.KillSilo(SiloOf(sim, before));
            await Assert.ThrowsAnyAsync<Exception>(() => counter.AddAsync(1));
            await sim.DelayAsync(TimeSpan.FromSeconds(20));

            Assert.Equal(2, await counter.AddAsync(2));
            Assert.NotEqual(before, await counter.WhoAsync());
        });
        Assert.DoesNotContain(_log.Entries, entry => entry.Contains("down", StringComparison.Ordinal));
    }

    [Fact]
    public void CallInProgress_OfASiloThatIsDeclaredDead_Fails()
    {
        Run(seed: 1, Options(silos: 2), async sim =>
        {
            var waiting = sim.Grains.GetGrain<IPausingGrain>("a");
            var pending = waiting.PauseAsync("never");
            await _log.SeenAsync("a paused");

            sim.KillSilo(SiloOf(sim, await sim.Grains.GetGrain<IPausingGrain>("a").WhereAsync()));

            await Assert.ThrowsAsync<SiloUnavailableException>(() => pending);
        });
    }

    [Fact]
    public void FrozenSilo_ThatThawsTooLate_AnswersBesideItsSuccessor_AndThenEnds()
    {
        var both = Enumerable.Range(0, 20).Count(seed =>
        {
            var names = new List<string>();
            Run(seed, Options(silos: 3), async sim =>
            {
                var counter = sim.Grains.GetGrain<ICounterGrain>("a");
                var first = await counter.WhoAsync();
                sim.FreezeSilo(SiloOf(sim, first));
                await sim.DelayAsync(TimeSpan.FromSeconds(20));
                Assert.NotEqual(first, await counter.WhoAsync());

                sim.ThawSilo(SiloOf(sim, first));
                for (var call = 0; call < 20; call++)
                {
                    names.Add(await counter.WhoAsync());
                }

                await sim.DelayAsync(TimeSpan.FromSeconds(20));
                Assert.NotEqual(first, await counter.WhoAsync());
            });
            return names.Distinct().Count() == 2;
        });

        Assert.InRange(both, 10, 20);
    }

    [Fact]
    public void FrozenSilo_ThatThawsInTime_GoesOnWithItsMemory()
    {
        Run(seed: 3, Options(silos: 2), async sim =>
        {
            var counter = sim.Grains.GetGrain<ICounterGrain>("a");
            await counter.AddAsync(5);
            var silo = SiloOf(sim, await counter.WhoAsync());

            sim.FreezeSilo(silo);
            var pending = counter.AddAsync(1);
            await sim.DelayAsync(TimeSpan.FromSeconds(1));
            Assert.False(pending.IsCompleted);
            sim.ThawSilo(silo);

            Assert.Equal(6, await pending);
        });
    }

    [Fact]
    public void RestartedSilo_RemembersNothing_AndTakesGrainsAgain()
    {
        Run(seed: 4, Options(silos: 1), async sim =>
        {
            var counter = sim.Grains.GetGrain<ICounterGrain>("a");
            await counter.AddAsync(5);

            sim.RestartSilo(0);

            Assert.Equal(2, sim.Silos[0].Generation);
            Assert.Equal(1, await counter.AddAsync(1));
        });
    }

    [Fact]
    public void StoppedSilo_LetsItsGrainsSayGoodbye()
    {
        Run(seed: 4, Options(silos: 2), async sim =>
        {
            var counter = sim.Grains.GetGrain<ICounterGrain>("a");
            var who = await counter.WhoAsync();

            await sim.StopSiloAsync(SiloOf(sim, who));

            Assert.Contains("a down ShuttingDown", _log.Entries);
            Assert.NotEqual(who, await counter.WhoAsync());
        });
    }

    [Fact]
    public void LostAnswer_TimesOut_ThoughTheCallHadItsEffect()
    {
        var outcomes = Enumerable.Range(0, 40).Select(seed =>
        {
            var outcome = "";
            var options = Options(silos: 1);
            options.Messages.Lose = 0.5;
            Run(seed, options, async sim =>
            {
                var counter = sim.Grains.GetGrain<ICounterGrain>("a");
                var timedOut = false;
                try
                {
                    await counter.AddAsync(1);
                }
                catch (TimeoutException)
                {
                    timedOut = true;
                    Assert.Equal(TimeSpan.FromSeconds(30), sim.Clock.Elapsed);
                }

                sim.AreMessagesFaulty = false;
                outcome = $"{(timedOut ? "unknown" : "answered")}, {await counter.ReadAsync()} effect(s)";
            });
            return outcome;
        });

        Assert.Equal(["answered, 1 effect(s)", "unknown, 0 effect(s)", "unknown, 1 effect(s)"], outcomes.Distinct().Order());
    }

    [Fact]
    public void DoubledMessage_HasItsEffectTwice()
    {
        var options = Options(silos: 1);
        options.Messages.Duplicate = 1;
        Run(seed: 5, options, async sim =>
        {
            var counter = sim.Grains.GetGrain<ICounterGrain>("a");
            await counter.AddAsync(1);
            await sim.DelayAsync(TimeSpan.FromSeconds(1));

            sim.AreMessagesFaulty = false;
            Assert.Equal(2, await counter.ReadAsync());
        });
    }

    [Fact]
    public void Messages_KeepTheirOrder_UnlessReordered()
    {
        Assert.Equal(Enumerable.Range(1, 50), OrderOfArrival(reorder: 0));
        Assert.NotEqual(Enumerable.Range(1, 50), OrderOfArrival(reorder: 1));
    }

    [Fact]
    public void StoreFaults_ChooseEveryOutcome_AndTakeTime()
    {
        var options = Options(silos: 1);
        options.Stores.FailBefore = options.Stores.FailAfter = options.Stores.HalfApply = 0.25;
        Run(seed: 6, options, async sim =>
        {
            var outcomes = new HashSet<StoreOutcome>();
            for (var operation = 0; operation < 50; operation++)
            {
                outcomes.Add(await sim.StoreFaults.BeforeAsync("append"));
                await sim.StoreFaults.AfterAsync("append");
            }

            Assert.Equal(4, outcomes.Count);
            Assert.True(sim.Clock.Elapsed > TimeSpan.Zero);
            sim.StoreFaults.IsEnabled = false;
            Assert.Equal(StoreOutcome.Ok, await sim.StoreFaults.BeforeAsync("append"));
        });
    }

    [Fact]
    public void Failure_NamesTheSeedAndTheCommandThatReplaysIt()
    {
        var options = Options(silos: 1);
        options.ReplayCommand = seed => $"dotnet run -c Release --project tests/MemoryCluster.Simulation -- --seed {seed} --silos 1";

        var failure = Assert.Throws<SimulationFailedException>(() =>
            Run(seed: 99, options, _ => throw new InvalidOperationException("an acknowledged write is gone")));

        Assert.Equal(99, failure.Seed);
        Assert.Contains("Seed 99: an acknowledged write is gone", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-- --seed 99 --silos 1", failure.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(failure.InnerException);
    }

    [Fact]
    public void RunThatWaitsForNobody_IsStuck_NotEndless()
    {
        var failure = Assert.Throws<SimulationFailedException>(() =>
            Run(seed: 8, Options(silos: 1), _ => new TaskCompletionSource().Task));

        Assert.Contains("stuck", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WorkThatLeavesTheThread_IsFoundOut()
    {
        var failure = Assert.Throws<SimulationFailedException>(() => Run(seed: 8, Options(silos: 1), async sim =>
        {
            await sim.Grains.GetGrain<IPausingGrain>("a").LeaveThreadAsync();
            await sim.DelayAsync(TimeSpan.FromHours(1));
        }));

        Assert.Contains("another thread", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clients_RunBesideEachOther_EachInTurnsOfItsOwn()
    {
        Run(seed: 9, Options(silos: 2), async sim =>
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(client => sim.Client($"client-{client}").RunAsync(async grains =>
            {
                for (var call = 0; call < 10; call++)
                {
                    await grains.GetGrain<ICounterGrain>("shared").AddAsync(1);
                }
            })));

            Assert.Equal(100, await sim.Grains.GetGrain<ICounterGrain>("shared").ReadAsync());
        });
    }

    private static int SiloOf(SimulatedCluster sim, string who) => sim.Silos.Single(silo => who.StartsWith(silo.Name, StringComparison.Ordinal)).Index;

    private List<int> OrderOfArrival(double reorder)
    {
        var log = new Log();
        var options = Options(silos: 1, log);
        options.Messages.Reorder = reorder;
        LocalEngine.Simulation.Simulation.Run(10, options, async sim =>
        {
            var counter = sim.Grains.GetGrain<ICounterGrain>("a");
            await counter.ReadAsync();
            await Task.WhenAll(Enumerable.Range(1, 50).Select(counter.AddAsync));
        });
        return [.. log.Entries.Where(entry => entry.Contains('+', StringComparison.Ordinal)).Select(entry => int.Parse(entry[3..]))];
    }

    private SimulationResult RunChaos(int seed)
    {
        var options = Options(silos: 4, new Log());
        options.Messages.Lose = options.Messages.Duplicate = options.Messages.Delay = options.Messages.Reorder = 0.1;
        options.Engine.ResponseTimeout = TimeSpan.FromSeconds(3);
        return LocalEngine.Simulation.Simulation.Run(seed, options, async sim =>
        {
            var clients = Enumerable.Range(0, 5).Select(client => sim.Client($"client-{client}").RunAsync(grains => AddOnAndOnAsync(sim, grains))).ToList();
            sim.KillSilo(sim.Random.Next(4));
            sim.FreezeSilo(sim.Random.Next(4));
            await sim.DelayAsync(TimeSpan.FromSeconds(12));
            for (var silo = 0; silo < 4; silo++)
            {
                sim.ThawSilo(silo);
                if (sim.Silos[silo].IsDead)
                {
                    sim.RestartSilo(silo);
                }
            }

            await Task.WhenAll(clients);
        });
    }

    private static async Task AddOnAndOnAsync(SimulatedCluster sim, Orleans.IGrainFactory grains)
    {
        for (var call = 0; call < 30; call++)
        {
            try
            {
                await grains.GetGrain<ICounterGrain>($"counter-{sim.Random.Next(10)}").AddAsync(call);
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                await sim.DelayAsync(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private SimulationOptions Options(int silos, Log? log = null)
    {
        var options = new SimulationOptions { ConfigureServices = (services, _) => services.AddSingleton(log ?? _log) };
        options.Engine.GrainAssemblies.Add(typeof(SimulationTests).Assembly);
        for (var silo = 0; silo < silos; silo++)
        {
            options.Engine.Silos.Add(new SiloOptions());
        }

        return options;
    }

    private static void Run(int seed, SimulationOptions options, Func<SimulatedCluster, Task> main) =>
        LocalEngine.Simulation.Simulation.Run(seed, options, main);
}
