using MemoryCluster.LoadTests.Chaos;
using MemoryCluster.LoadTests.Clients;
using MemoryCluster.LoadTests.Proxy;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>Does one thing to a fleet, waits until it serves again and all silos are there, and notes how long that took.</summary>
internal sealed class FleetFaultMaker(
    FleetSettings settings, FleetCluster cluster, ServiceWatch service, ChaosTally tally, Random random, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LookMax = TimeSpan.FromSeconds(1);

    private int _upgrades;

    public async Task KillAsync(FaultTimes times, CancellationToken cancellationToken)
    {
        var silo = AnySilo();
        var at = clock.GetTimestamp();
        await silo.Process.KillAsync(cancellationToken);
        times.Outages.Record(await service.ServedSinceAsync(at, "a silo was killed", cancellationToken));
        await ReviveAsync(cancellationToken);
    }

    // It comes back and goes on, or learns that the others have given it up, and ends.
    public async Task FreezeAsync(FaultTimes times, CancellationToken cancellationToken)
    {
        var silo = AnySilo();
        var at = clock.GetTimestamp();
        await silo.Process.FreezeAsync(cancellationToken);
        var thawed = Task.Delay(Between(settings.FreezeMin, settings.FreezeMax), clock, cancellationToken);
        times.Outages.Record(await service.ServedSinceAsync(at, "a silo was frozen", cancellationToken));
        await thawed;
        await silo.Process.ThawAsync(cancellationToken);
        await Task.Delay(settings.LifeMax + settings.LifeMax, clock, cancellationToken);
        tally.Count(silo.Process.HasExited ? "frozen silos that ended when they came back" : "frozen silos that went on");
        await ReviveAsync(cancellationToken);
    }

    public async Task KillRedisAsync(FaultTimes times, CancellationToken cancellationToken)
    {
        await cluster.Redis.KillAsync(cancellationToken);
        await cluster.StartRedisAsync(cancellationToken);
        times.Outages.Record(await service.ServedSinceAsync(clock.GetTimestamp(), "Redis was killed", cancellationToken));
    }

    public async Task PartAsync(PartitionKind kind, FaultTimes times, CancellationToken cancellationToken)
    {
        var silo = AnySilo();
        service.Watch();
        var at = clock.GetTimestamp();
        var whole = Task.Delay(Between(settings.PartitionMin, settings.PartitionMax), clock, cancellationToken);
        await CutAsync(kind, silo, cancellationToken);
        if (kind is PartitionKind.Redis or PartitionKind.All)
            times.Unready.Record(await UnreadySinceAsync(silo, at, cancellationToken));
        await whole;
        await cluster.Network.HealAsync(cancellationToken);
        silo.RedisLink.Heal();
        await service.ServedSinceAsync(clock.GetTimestamp(), $"links were whole again ({kind})", cancellationToken);
        // Who was given up meanwhile learns of it now, and ends.
        await Task.Delay(settings.LifeMax + settings.LifeMax, clock, cancellationToken);
        await ReviveAsync(cancellationToken);
        times.Outages.Record(service.LongestSilence());
    }

    /// <summary>All silos, one after the other, to another build or back from it: nobody shall be refused for good, and nothing be lost.</summary>
    public async Task UpgradeAsync(FaultTimes times, CancellationToken cancellationToken)
    {
        var assembly = ++_upgrades % 2 == 1 ? settings.NextAssembly : null;
        var givenUp = tally.CountOf(RecordedCalls.GivenUp);
        service.Watch();
        foreach (var silo in cluster.Silos)
        {
            await silo.Process.TerminateAsync(cancellationToken);
            if (await silo.Process.ExitCodeAsync(cancellationToken) is not 0 and var code)
                tally.Violate("upgrade", $"a silo that was told to stop ended with code {code}");
            await silo.StartAsync(cancellationToken, assembly);
        }

        await service.ServedSinceAsync(clock.GetTimestamp(), "all silos were replaced", cancellationToken);
        times.Outages.Record(service.LongestSilence());
        if (tally.CountOf(RecordedCalls.GivenUp) - givenUp is > 0 and var failed)
            tally.Violate("upgrade", $"{failed} requests failed after all repeats");
    }

    private async Task CutAsync(PartitionKind kind, FleetSilo silo, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case PartitionKind.Redis:
                CutFromRedis(silo.RedisLink);
                break;
            case PartitionKind.OneWay:
                await cluster.Network.DeafenAsync(silo.Number, AnotherThan(silo).Number, cancellationToken);
                break;
            case PartitionKind.TwoWay:
                var other = AnotherThan(silo);
                await cluster.Network.DeafenAsync(silo.Number, other.Number, cancellationToken);
                await cluster.Network.DeafenAsync(other.Number, silo.Number, cancellationToken);
                break;
            case PartitionKind.All:
                await cluster.Network.IsolateAsync(silo.Number, silo.HttpPort, cancellationToken);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "A new kind of cut needs a way to make it.");
        }
    }

    // Redis hears nothing, or is not heard, or both: the silo cannot tell which.
    private void CutFromRedis(FaultProxy link)
    {
        switch (random.Next(3))
        {
            case 0:
                link.Cut(LinkDirection.Forward);
                break;
            case 1:
                link.Cut(LinkDirection.Back);
                break;
            default:
                link.Cut();
                break;
        }
    }

    /// <summary>How long it took until the silo said that it is not ready, or ended.</summary>
    private async Task<TimeSpan> UnreadySinceAsync(FleetSilo silo, long timestamp, CancellationToken cancellationToken)
    {
        var patience = settings.UnreadyMax + settings.PartitionMin;
        while (!silo.Process.HasExited && clock.GetElapsedTime(timestamp) < patience && await IsReadyAsync(silo, cancellationToken))
            await Task.Delay(Look, clock, cancellationToken);
        var elapsed = clock.GetElapsedTime(timestamp);
        if (elapsed > settings.UnreadyMax)
        {
            tally.Violate(
                "ready", $"a silo that does not reach Redis was ready {elapsed.TotalSeconds:F1} s later; {settings.UnreadyMax.TotalSeconds:F0} s are allowed");
        }

        return elapsed;
    }

    private async Task<bool> IsReadyAsync(FleetSilo silo, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(LookMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await silo.Readiness.AnswersAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Starts what has ended, and waits until every team is served.</summary>
    private async Task ReviveAsync(CancellationToken cancellationToken)
    {
        foreach (var silo in cluster.Silos.Where(silo => silo.Process.HasExited))
            await silo.StartAsync(cancellationToken);
        await service.ServedSinceAsync(clock.GetTimestamp(), "all silos were there again", cancellationToken);
    }

    // Every other time the one that has run longest: shards stay where they are, so that one which has just come back has the fewest.
    private FleetSilo AnySilo() =>
        random.Next(2) == 0 ? cluster.Silos.MinBy(silo => silo.StartedAt)! : cluster.Silos[random.Next(cluster.Silos.Count)];

    private FleetSilo AnotherThan(FleetSilo silo) =>
        cluster.Silos[(silo.Number + random.Next(cluster.Silos.Count - 1)) % cluster.Silos.Count];

    private TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * random.NextDouble());
}
