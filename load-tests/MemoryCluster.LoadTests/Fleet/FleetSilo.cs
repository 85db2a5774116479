using System.Globalization;
using System.Net;
using MemoryCluster.LoadTests.Fleet.Networks;
using MemoryCluster.LoadTests.Processes;
using MemoryCluster.LoadTests.Proxy;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>One silo, which is started again on the ports that it had, and its link to Redis.</summary>
internal sealed class FleetSilo : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly HostSettings _host;
    private HostProcess? _process;

    public FleetSilo(FleetSettings settings, int number, IFleetNetwork network, EndPoint redis, TimeProvider clock)
    {
        (Number, _clock) = (number, clock);
        RedisLink = new FaultProxy(network.ProxyAddress, redis, clock, new Random(settings.Seed + number));
        var address = network.AddressOf(number);
        _host = settings.Host(
            string.Create(CultureInfo.InvariantCulture, $"silo-{number}"), RedisLink.Address.ToString(),
            "--role", "silo", "--advertise", $"{address}", "--silo-port", $"{LoopbackPort.Free()}", "--client-port", $"{LoopbackPort.Free()}") with
        {
            Address = address, Launcher = network.LauncherOf(number),
        };
    }

    public int Number { get; }

    public FaultProxy RedisLink { get; }

    public int HttpPort => _host.Port;

    public HttpProbe Readiness => new(new Uri(_host.Url, "/healthz/ready"));

    /// <summary>The clock's timestamp when it was last started.</summary>
    public long StartedAt { get; private set; }

    public HostProcess Process => _process ?? throw new InvalidOperationException("The silo was not started.");

    /// <summary>Starts it, or starts it again where it has ended.</summary>
    /// <param name="assembly">Another build of the host; null for its own.</param>
    public async Task StartAsync(CancellationToken cancellationToken, string? assembly = null)
    {
        if (_process is not null)
            await _process.DisposeAsync();
        StartedAt = _clock.GetTimestamp();
        _process = await HostProcess.StartAsync(assembly is null ? _host : _host with { Assembly = assembly }, _clock, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        await RedisLink.DisposeAsync();
    }
}
