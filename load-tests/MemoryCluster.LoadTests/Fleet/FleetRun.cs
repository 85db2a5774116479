using MemoryCluster.LoadTests.Chaos;
using MemoryCluster.LoadTests.Checking;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>
/// A gateway and silos as processes on Redis; clients that write, change, delete and read the same memories without a pause, while silos are
/// killed and frozen, Redis is killed, links are cut and silos are replaced; and at the end all that anybody saw before the checkers.
/// </summary>
internal sealed class FleetRun(FleetSettings settings, TimeProvider clock, Action<string> log)
{
    private readonly ChaosTally _tally = new();
    private readonly Random _random = new(settings.Seed);
    private readonly List<FleetFaults> _faults = [];

    public async Task<FleetReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var cluster = await FleetCluster.StartAsync(settings, clock, cancellationToken);
        log($"{settings.Silos} silos are up; {cluster.Network.Description}");
        var load = new FleetLoad(settings, cluster.Clients, _tally, clock);
        await load.JoinAsync(cancellationToken);
        var began = clock.GetTimestamp();
        await RunAsync(cluster, load, cancellationToken);
        var elapsed = clock.GetElapsedTime(began);
        log("examining everything that was written");
        var verdict = await load.ExamineAsync(cancellationToken);
        foreach (var violation in verdict.Violations)
            _tally.Violate(violation.Rule, $"{violation.Key} {violation.What}");
        if (_tally.ViolationCount > 0)
            log($"The last words of all:\n{cluster.LastWords}");
        return Report(cluster, verdict, elapsed);
    }

    private async Task RunAsync(FleetCluster cluster, FleetLoad load, CancellationToken cancellationToken)
    {
        var probes = Enumerable.Range(0, settings.Teams).Select(number => new ServiceProbe(cluster.Clients.Keyed, number, _tally, clock)).ToArray();
        foreach (var probe in probes)
            await probe.JoinAsync(cancellationToken);
        using var probing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asking = Task.WhenAll(probes.Select(probe => probe.RunAsync(probing.Token)));
        var loading = load.RunAsync(cancellationToken);
        var faults = new FleetFaultMaker(settings, cluster, new ServiceWatch(probes, _tally, settings.OutageMax, clock), _tally, _random, clock);
        await InflictAsync("silo kills", settings.Kills, faults.KillAsync, loading, cancellationToken);
        await InflictAsync("silo freezes", settings.Freezes, faults.FreezeAsync, loading, cancellationToken);
        await InflictAsync("Redis kills", settings.RedisKills, faults.KillRedisAsync, loading, cancellationToken);
        foreach (var kind in settings.PartitionKinds)
            await InflictAsync(Words(kind), settings.Partitions, (times, token) => faults.PartAsync(kind, times, token), loading, cancellationToken);
        await InflictAsync("rolling upgrades", settings.Upgrades, faults.UpgradeAsync, loading, cancellationToken);
        await LiveAsync(loading, cancellationToken);
        load.Stop();
        await loading;
        await probing.CancelAsync();
        await asking;
    }

    private async Task InflictAsync(
        string kind, int count, Func<FaultTimes, CancellationToken, Task> inflict, Task loading, CancellationToken cancellationToken)
    {
        var times = new FaultTimes();
        for (var done = 1; done <= count; done++)
        {
            await LiveAsync(loading, cancellationToken);
            await inflict(times, cancellationToken);
            log($"{done} of {count} {kind}, {_tally.ViolationCount} violations");
        }

        if (count > 0)
            _faults.Add(times.Of(kind, count));
    }

    /// <summary>A random while; ends early, with its exception, if a client fails.</summary>
    private async Task LiveAsync(Task loading, CancellationToken cancellationToken)
    {
        var life = settings.LifeMin + ((settings.LifeMax - settings.LifeMin) * _random.NextDouble());
        if (await Task.WhenAny(loading, Task.Delay(life, clock, cancellationToken)) == loading)
            await loading;
    }

    private static string Words(PartitionKind kind) => kind switch
    {
        PartitionKind.Redis => "cuts of a silo from Redis",
        PartitionKind.OneWay => "one-way cuts between two silos",
        PartitionKind.TwoWay => "two-way cuts between two silos",
        PartitionKind.All => "cuts of a silo from all",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A new kind of cut needs words."),
    };

    private FleetReport Report(FleetCluster cluster, HistoryVerdict verdict, TimeSpan elapsed) => new()
    {
        Silos = settings.Silos,
        Seed = settings.Seed,
        Network = cluster.Network.Description,
        Seconds = elapsed.TotalSeconds,
        Faults = _faults,
        Counts = _tally.Counts,
        Verdict = verdict,
        Violations = _tally.ViolationCount,
        FirstViolations = _tally.Violations,
    };
}
