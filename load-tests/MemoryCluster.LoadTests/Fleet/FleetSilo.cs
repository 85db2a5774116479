using System.Globalization;
using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>One silo, which is started again on the ports that it had.</summary>
internal sealed class FleetSilo(FleetSettings settings, int number, string redis, TimeProvider clock) : IAsyncDisposable
{
    private readonly HostSettings _host = settings.Host(
        string.Create(CultureInfo.InvariantCulture, $"silo-{number}"), redis, "--role", "silo", "--silo-port", $"{LoopbackPort.Free()}", "--client-port", $"{LoopbackPort.Free()}");

    private HostProcess? _process;

    public HostProcess Process => _process ?? throw new InvalidOperationException("The silo was not started.");

    /// <summary>Starts it, or starts it again where it has ended.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = await HostProcess.StartAsync(_host, clock, cancellationToken);
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
