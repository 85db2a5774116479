using MemoryCluster.LocalEngine.Simulation;

namespace MemoryCluster.Simulations.Scenarios;

/// <summary>Kills and freezes silos, and in the end heals everything.</summary>
internal sealed class Nemesis(SimulatedCluster cluster, FaultPlan plan, Random random)
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DowntimeMax = TimeSpan.FromSeconds(4);

    // Beyond the time by which the others take a silent silo for dead: it thaws beside its successor.
    private static readonly TimeSpan FreezeMax = TimeSpan.FromSeconds(8);

    public Task RunAsync() => Task.WhenAll(
        Enumerable.Range(0, plan.Kills).Select(_ => KillAsync(Any(Span), random.Next(cluster.Silos.Count), Any(DowntimeMax)))
            .Concat(Enumerable.Range(0, plan.Freezes).Select(_ => FreezeAsync(Any(Span), random.Next(cluster.Silos.Count), Any(FreezeMax))))
            .ToArray());

    /// <summary>Ends all faults and waits until nothing of them is under way any more.</summary>
    public async Task HealAsync(TimeSpan settling)
    {
        cluster.AreMessagesFaulty = false;
        cluster.StoreFaults.IsEnabled = false;
        foreach (var silo in cluster.Silos.ToArray())
        {
            cluster.ThawSilo(silo.Index);
            if (silo.IsDead || silo.IsDeclaredDead)
            {
                cluster.RestartSilo(silo.Index);
            }
        }

        await cluster.DelayAsync(settling);
    }

    private async Task KillAsync(TimeSpan when, int silo, TimeSpan downtime)
    {
        await cluster.DelayAsync(when);
        cluster.KillSilo(silo);
        await cluster.DelayAsync(downtime);
        cluster.RestartSilo(silo);
    }

    private async Task FreezeAsync(TimeSpan when, int silo, TimeSpan span)
    {
        await cluster.DelayAsync(when);
        cluster.FreezeSilo(silo);
        await cluster.DelayAsync(span);
        cluster.ThawSilo(silo);
    }

    private TimeSpan Any(TimeSpan max) => random.NextDouble() * max;
}
