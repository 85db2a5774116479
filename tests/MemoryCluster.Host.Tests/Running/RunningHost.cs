using MemoryCluster.Client;
using MemoryCluster.LoadTests.Processes;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Host.Tests.Running;

/// <summary>The host as its users start it, a process with a data folder of its own, for the tests of a class.</summary>
public sealed class RunningHost : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private HostProcess? _process;

    public Uri Url => _process!.Url;

    public string DataFolder => Path.Combine(_folder.Path, "data");

    public string KeyFile => Path.Combine(DataFolder, "admin.key");

    public MemoryClusterClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _process = await HostProcess.StartAsync(new HostSettings { DataFolder = DataFolder }, TimeProvider.System, CancellationToken.None);
        Client = new MemoryClusterClient(Url, await HostProcess.AdminKeyAsync(DataFolder, CancellationToken.None));
    }

    public async Task DisposeAsync() => await _process!.DisposeAsync();

    public void Dispose()
    {
        Client.Dispose();
        _folder.Dispose();
    }
}
