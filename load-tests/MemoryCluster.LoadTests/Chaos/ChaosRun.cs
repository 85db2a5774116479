using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Chaos;

/// <summary>Kills the host at random moments under concurrent writers, and checks what it promised.</summary>
internal sealed class ChaosRun(ChaosSettings settings, TimeProvider clock, Action<string> log)
{
    private const int Teams = 2;

    private static readonly TimeSpan StartKilledAfterMax = TimeSpan.FromMilliseconds(500);

    private readonly ChaosTally _tally = new();
    private readonly HostGate _gate = new();
    private readonly LogHistogram _restarts = new();
    private readonly Random _random = new(settings.Seed);

    private HostSettings _host = null!;

    public async Task<ChaosReport> RunAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        await using var redis = settings.Store == StoreKind.Redis
            ? await RedisProcess.StartAsync(Path.Combine(settings.Folder, "redis"), clock, cancellationToken)
            : null;
        _host = new HostSettings { DataFolder = Path.Combine(settings.Folder, "data"), Store = settings.Store, Redis = redis?.ConnectionString };
        if (settings.HostAssembly is not null)
            _host = _host with { Assembly = settings.HostAssembly };
        await RunWithHostAsync(cancellationToken);
        if (settings.Store == StoreKind.File)
            await VerifyFilesAsync(cancellationToken);
        return Report(clock.GetElapsedTime(began));
    }

    private async Task RunWithHostAsync(CancellationToken cancellationToken)
    {
        var host = await HostProcess.StartAsync(_host, clock, cancellationToken);
        try
        {
            using var clients = new ChaosClients(_host.Url, await HostProcess.AdminKeyAsync(_host.DataFolder, cancellationToken));
            var examiner = new ChaosExaminer(clients.Patient, _tally, _random);
            var writers = await ChaosWriter.JoinAsync(settings.Writers, Teams, clients, _gate, _tally, settings.Seed, cancellationToken);
            _gate.Open();
            var writing = Task.WhenAll(writers.Select(writer => writer.RunAsync(cancellationToken)));
            for (var kill = 1; kill <= settings.Kills; kill++)
            {
                await LiveAsync(writing, cancellationToken);
                _gate.Close();
                host = await KillAndRestartAsync(host, cancellationToken);
                await examiner.SampleAsync(MemoriesOf(writers), cancellationToken);
                _gate.Open();
                if (kill % 20 == 0)
                    log($"{kill} of {settings.Kills} kills, {writers.Sum(writer => writer.Memories.Count):N0} memories, {_tally.ViolationCount} violations");
            }

            foreach (var writer in writers)
                writer.Stop();
            await writing;
            await examiner.ExamineAsync(MemoriesOf(writers), cancellationToken);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static IEnumerable<TrackedMemory> MemoriesOf(IEnumerable<ChaosWriter> writers) => writers.SelectMany(writer => writer.Memories);

    /// <summary>A random while; ends early, with its exception, if a writer fails.</summary>
    private async Task LiveAsync(Task writing, CancellationToken cancellationToken)
    {
        var life = settings.LifeMin + ((settings.LifeMax - settings.LifeMin) * _random.NextDouble());
        if (await Task.WhenAny(writing, Task.Delay(life, clock, cancellationToken)) == writing)
            await writing;
    }

    private async Task<HostProcess> KillAndRestartAsync(HostProcess host, CancellationToken cancellationToken)
    {
        await host.DisposeAsync();
        if (_random.NextDouble() < settings.KilledInStartShare)
        {
            await using var stillborn = HostProcess.Begin(_host);
            await Task.Delay(StartKilledAfterMax * _random.NextDouble(), clock, cancellationToken);
            _tally.Count("kills before the host was ready");
        }

        var began = clock.GetTimestamp();
        var restarted = await HostProcess.StartAsync(_host, clock, cancellationToken);
        _restarts.Record(clock.GetElapsedTime(began));
        return restarted;
    }

    private async Task VerifyFilesAsync(CancellationToken cancellationToken)
    {
        await using var verify = new CommandProcess([_host.Assembly, "verify", "--data", _host.DataFolder]);
        if (await verify.ExitCodeAsync(cancellationToken) != 0)
            _tally.Violate("verify", verify.LastWords);
    }

    private ChaosReport Report(TimeSpan elapsed) => new()
    {
        Store = $"{settings.Store}",
        Kills = settings.Kills,
        Seed = settings.Seed,
        Seconds = elapsed.TotalSeconds,
        Counts = _tally.Counts,
        RestartMsMedian = _restarts.Percentile(0.5).TotalMilliseconds,
        RestartMsMax = _restarts.Max.TotalMilliseconds,
        Violations = _tally.ViolationCount,
        FirstViolations = _tally.Violations,
    };
}
