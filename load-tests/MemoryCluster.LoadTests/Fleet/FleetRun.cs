using MemoryCluster.LoadTests.Chaos;
using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>
/// A gateway and silos as processes on Redis; writers that write, change, delete and look back without a pause, while silos are killed and
/// frozen and Redis is killed; and at the end everything that they know against everything that is shown.
/// </summary>
internal sealed class FleetRun(FleetSettings settings, TimeProvider clock, Action<string> log)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly ChaosTally _tally = new();
    private readonly HostGate _gate = new();
    private readonly Random _random = new(settings.Seed);
    private readonly List<FleetFaults> _faults = [];

    private RedisProcess _redis = null!;
    private FleetSilo[] _silos = [];
    private ServiceProbe[] _probes = [];

    public async Task<FleetReport> RunAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        _redis = await RedisProcess.StartAsync(Path.Combine(settings.Folder, "redis"), clock, cancellationToken);
        try
        {
            _silos = [.. Enumerable.Range(1, settings.Silos).Select(number => new FleetSilo(settings, number, _redis.ConnectionString, clock))];
            foreach (var silo in _silos)
                await silo.StartAsync(cancellationToken);
            var gateway = settings.Host("gateway", _redis.ConnectionString, "--role", "gateway");
            await using var process = await HostProcess.StartAsync(gateway, clock, cancellationToken);
            using var clients = new ChaosClients(gateway.Url, await HostProcess.AdminKeyAsync(gateway.DataFolder, cancellationToken));
            await RunAsync(clients, cancellationToken);
            if (_tally.ViolationCount > 0)
                log($"The gateway's last words:\n{process.LastWords}");
        }
        finally
        {
            foreach (var silo in _silos)
                await silo.DisposeAsync();
            await _redis.DisposeAsync();
        }

        return Report(clock.GetElapsedTime(began));
    }

    private async Task RunAsync(ChaosClients clients, CancellationToken cancellationToken)
    {
        var writers = await ChaosWriter.JoinAsync(settings.Writers, settings.Teams, clients, _gate, _tally, settings.Seed, cancellationToken);
        _probes = [.. Enumerable.Range(0, settings.Teams).Select(number => new ServiceProbe(clients.Keyed, number, _tally, clock))];
        foreach (var probe in _probes)
            await probe.JoinAsync(cancellationToken);
        using var probing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probes = Task.WhenAll(_probes.Select(probe => probe.RunAsync(probing.Token)));
        _gate.Open();
        var writing = Task.WhenAll(writers.Select(writer => writer.RunAsync(cancellationToken)));
        await InflictAsync("silo kills", settings.Kills, KillAsync, writing, cancellationToken);
        await InflictAsync("silo freezes", settings.Freezes, FreezeAsync, writing, cancellationToken);
        await InflictAsync("Redis kills", settings.RedisKills, KillRedisAsync, writing, cancellationToken);
        foreach (var writer in writers)
            writer.Stop();
        await writing;
        await probing.CancelAsync();
        await probes;
        log("examining everything that was written");
        await new ChaosExaminer(clients.Patient, _tally, _random).ExamineAsync(writers.SelectMany(writer => writer.Memories), cancellationToken);
    }

    private async Task InflictAsync(
        string kind, int count, Func<LogHistogram, CancellationToken, Task> inflict, Task writing, CancellationToken cancellationToken)
    {
        var outages = new LogHistogram();
        for (var done = 1; done <= count; done++)
        {
            var life = settings.LifeMin + ((settings.LifeMax - settings.LifeMin) * _random.NextDouble());
            if (await Task.WhenAny(writing, Task.Delay(life, clock, cancellationToken)) == writing)
                await writing;
            await inflict(outages, cancellationToken);
            if (done % 10 == 0 || done == count)
                log($"{done} of {count} {kind}, {_tally.ViolationCount} violations");
        }

        if (count > 0)
        {
            _faults.Add(new FleetFaults(
                kind, count, outages.Percentile(0.5).TotalMilliseconds, outages.Percentile(0.99).TotalMilliseconds, outages.Max.TotalMilliseconds));
        }
    }

    private async Task KillAsync(LogHistogram outages, CancellationToken cancellationToken)
    {
        var silo = _silos[_random.Next(_silos.Length)];
        var at = clock.GetTimestamp();
        await silo.Process.KillAsync(cancellationToken);
        await ServedSinceAsync(at, "a silo was killed", outages, cancellationToken);
        await silo.StartAsync(cancellationToken);
    }

    // It comes back and goes on, or learns that the others have given it up, and ends.
    private async Task FreezeAsync(LogHistogram outages, CancellationToken cancellationToken)
    {
        var silo = _silos[_random.Next(_silos.Length)];
        var at = clock.GetTimestamp();
        var frozen = settings.FreezeMin + ((settings.FreezeMax - settings.FreezeMin) * _random.NextDouble());
        await silo.Process.FreezeAsync(cancellationToken);
        var thawed = Task.Delay(frozen, clock, cancellationToken);
        await ServedSinceAsync(at, "a silo was frozen", outages, cancellationToken);
        await thawed;
        await silo.Process.ThawAsync(cancellationToken);
        await Task.Delay(settings.LifeMax + settings.LifeMax, clock, cancellationToken);
        _tally.Count(silo.Process.HasExited ? "frozen silos that ended when they came back" : "frozen silos that went on");
        if (silo.Process.HasExited)
            await silo.StartAsync(cancellationToken);
    }

    private async Task KillRedisAsync(LogHistogram outages, CancellationToken cancellationToken)
    {
        await _redis.KillAsync(cancellationToken);
        _redis = await _redis.AgainAsync(clock, cancellationToken);
        await ServedSinceAsync(clock.GetTimestamp(), "Redis was killed", outages, cancellationToken);
    }

    private async Task ServedSinceAsync(long timestamp, string cause, LogHistogram outages, CancellationToken cancellationToken)
    {
        while (!_probes.All(probe => probe.HasServedSince(timestamp)))
        {
            if (clock.GetElapsedTime(timestamp) > settings.OutageMax)
            {
                _tally.Violate("outage", $"{_probes.Count(probe => !probe.HasServedSince(timestamp))} teams are not served {settings.OutageMax.TotalSeconds:F0} s after {cause}");
                break;
            }

            await Task.Delay(Look, clock, cancellationToken);
        }

        outages.Record(clock.GetElapsedTime(timestamp));
    }

    private FleetReport Report(TimeSpan elapsed) => new()
    {
        Silos = settings.Silos,
        Seed = settings.Seed,
        Seconds = elapsed.TotalSeconds,
        Faults = _faults,
        Counts = _tally.Counts,
        Violations = _tally.ViolationCount,
        FirstViolations = _tally.Violations,
    };
}
