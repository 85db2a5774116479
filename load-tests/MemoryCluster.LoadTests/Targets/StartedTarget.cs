using System.Globalization;
using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Targets;

/// <summary>A host, or a cluster of silos, a gateway and Redis, as processes on loopback that end with this one.</summary>
internal sealed class StartedTarget : ILoadTarget
{
    private readonly TimeProvider _clock;
    private readonly List<Part> _parts = [];
    private RedisProcess? _redis;

    private StartedTarget(string description, TimeProvider clock) => (Description, _clock) = (description, clock);

    public string Description { get; }

    public Uri Url => Front.Settings.Url;

    public string Key { get; private set; } = "";

    public IReadOnlyList<(string Name, int Id)> Processes =>
        [.. _parts.Select(part => (part.Name, part.Id)), .. _redis is null ? [] : new[] { ("redis", _redis.Id) }];

    /// <summary>The last one started is what clients speak to.</summary>
    private Part Front => _parts[^1];

    /// <summary>One process of role all.</summary>
    public static Task<StartedTarget> StartOneAsync(TargetSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var engine = settings.IsOnOrleans ? "Orleans engine" : "local engine";
        var store = settings.Store == StoreKind.File ? "files" : "Redis";
        var target = new StartedTarget($"one process, {engine}, {store}", clock);
        string[] ports = settings.IsOnOrleans ? ["--silo-port", $"{LoopbackPort.Free()}", "--client-port", $"{LoopbackPort.Free()}"] : [];
        return target.StartedAsync(
            settings, settings.Store == StoreKind.Redis, async () => await target.AddAsync(settings, "host", ports, cancellationToken), cancellationToken);
    }

    /// <summary>Silos and a gateway on Redis.</summary>
    public static Task<StartedTarget> StartClusterAsync(TargetSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var target = new StartedTarget(
            string.Create(CultureInfo.InvariantCulture, $"{settings.Silos} silos and a gateway, Orleans engine, Redis"), clock);
        var onRedis = settings with { Store = StoreKind.Redis, IsOnOrleans = true };
        return target.StartedAsync(onRedis, needsRedis: true, async () =>
        {
            for (var number = 1; number <= settings.Silos; number++)
            {
                string[] further = ["--role", "silo", "--silo-port", $"{LoopbackPort.Free()}", "--client-port", $"{LoopbackPort.Free()}"];
                await target.AddAsync(onRedis, $"silo-{number}", further, cancellationToken);
            }

            await target.AddAsync(onRedis, "gateway", ["--role", "gateway"], cancellationToken);
        }, cancellationToken);
    }

    public async Task<string> KillOneAsync(Random random, CancellationToken cancellationToken)
    {
        // A gateway holds nothing: of a cluster it is silos that are killed.
        var part = _parts[random.Next(Math.Max(1, _parts.Count - 1))];
        await part.Process.DisposeAsync();
        part.Became(await HostProcess.StartAsync(part.Settings, _clock, cancellationToken));
        return part.Name;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
            await part.Process.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    private async Task<StartedTarget> StartedAsync(TargetSettings settings, bool needsRedis, Func<Task> start, CancellationToken cancellationToken)
    {
        try
        {
            if (needsRedis)
                _redis = await RedisProcess.StartAsync(Path.Combine(settings.Folder, "redis"), _clock, cancellationToken);
            await start();
            Key = await HostProcess.AdminKeyAsync(Front.Settings.DataFolder, cancellationToken);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private async Task AddAsync(TargetSettings settings, string name, IReadOnlyList<string> further, CancellationToken cancellationToken)
    {
        var host = new HostSettings
        {
            Assembly = settings.HostAssembly ?? HostAssemblies.Find(settings.IsOnOrleans, AppContext.BaseDirectory),
            DataFolder = Path.Combine(settings.Folder, name),
            Store = settings.Store,
            Redis = _redis?.ConnectionString,
            Environment = settings.Environment,
            Further = further,
        };
        _parts.Add(new Part(name, host, await HostProcess.StartAsync(host, _clock, cancellationToken)));
    }

    private sealed class Part(string name, HostSettings settings, HostProcess process)
    {
        public string Name { get; } = name;

        public HostSettings Settings { get; } = settings;

        public HostProcess Process { get; private set; } = process;

        /// <summary>Read while the process may be between two lives.</summary>
        public int Id { get; private set; } = process.Id;

        public void Became(HostProcess next) => (Process, Id) = (next, next.Id);
    }
}
