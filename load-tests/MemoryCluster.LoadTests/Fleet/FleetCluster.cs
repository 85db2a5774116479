using System.Net;
using MemoryCluster.LoadTests.Chaos;
using MemoryCluster.LoadTests.Fleet.Networks;
using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>The processes of a fleet: Redis, silos, a gateway, and the network between them.</summary>
internal sealed class FleetCluster : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly List<FleetSilo> _silos = [];
    private HostProcess? _gateway;

    private FleetCluster(IFleetNetwork network, RedisProcess redis, TimeProvider clock) => (Network, Redis, _clock) = (network, redis, clock);

    public IFleetNetwork Network { get; }

    public RedisProcess Redis { get; private set; }

    public IReadOnlyList<FleetSilo> Silos => _silos;

    public ChaosClients Clients { get; private set; } = null!;

    public static async Task<FleetCluster> StartAsync(FleetSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var network = await NetworkOfAsync(settings, cancellationToken);
        var cluster = new FleetCluster(network, await RedisProcess.StartAsync(Path.Combine(settings.Folder, "redis"), clock, cancellationToken), clock);
        try
        {
            await cluster.StartAsync(settings, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts Redis again after it was killed.</summary>
    public async Task StartRedisAsync(CancellationToken cancellationToken) => Redis = await Redis.AgainAsync(_clock, cancellationToken);

    /// <summary>The last words of the gateway and of each silo.</summary>
    public string LastWords => string.Join(
        '\n', _silos.Select(silo => $"silo {silo.Number}:\n{silo.Process.LastWords}").Prepend($"gateway:\n{_gateway?.LastWords}"));

    public async ValueTask DisposeAsync()
    {
        Clients?.Dispose();
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        await Redis.DisposeAsync();
        await Network.DisposeAsync();
    }

    private async Task StartAsync(FleetSettings settings, CancellationToken cancellationToken)
    {
        var redis = IPEndPoint.Parse(Redis.ConnectionString);
        for (var number = 1; number <= settings.Silos; number++)
            _silos.Add(new FleetSilo(settings, number, Network, redis, _clock));
        foreach (var silo in _silos)
            await silo.StartAsync(cancellationToken);
        var gateway = settings.Host("gateway", Redis.ConnectionString, "--role", "gateway");
        _gateway = await HostProcess.StartAsync(gateway, _clock, cancellationToken);
        Clients = new ChaosClients(gateway.Url, await HostProcess.AdminKeyAsync(gateway.DataFolder, cancellationToken));
    }

    private static async Task<IFleetNetwork> NetworkOfAsync(FleetSettings settings, CancellationToken cancellationToken)
    {
        if (!settings.CutsSilos)
            return new LoopbackNetwork();
        return NamespaceNetwork.Missing() is { } missing
            ? throw new InvalidOperationException(
                $"Links between silos cannot be cut here: {missing}. With --partition-kinds redis the links to Redis alone are cut, which needs nothing.")
            : await NamespaceNetwork.CreateAsync(settings.Silos, cancellationToken);
    }
}
