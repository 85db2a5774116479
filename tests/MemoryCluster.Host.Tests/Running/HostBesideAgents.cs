using MemoryCluster.Client;
using MemoryCluster.Contract;
using MemoryCluster.Host.Tests.Replayers;
using MemoryCluster.LoadTests.Processes;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Host.Tests.Running;

/// <summary>The host as its users start it, with an agent and a model beside it.</summary>
public abstract class HostBesideAgents : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal OutsideAgents Agents { get; private set; } = null!;

    internal HostProcess Host { get; private set; } = null!;

    internal MemoryClusterClient Client { get; private set; } = null!;

    protected string KeyFile => Path.Combine(DataFolder, "admin.key");

    private string DataFolder => Path.Combine(_folder.Path, "data");

    public async Task InitializeAsync()
    {
        Agents = await OutsideAgents.StartAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Agents.DisposeAsync();
    }

    public void Dispose()
    {
        Client.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>SIGKILL, and a new process on the same data.</summary>
    protected async Task CrashAndStartAsync()
    {
        await Host.DisposeAsync();
        Client.Dispose();
        await StartAsync();
    }

    /// <summary>Reads again until what is read is so.</summary>
    protected static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> isSo)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            late.Token.ThrowIfCancellationRequested();
            var now = await read();
            if (isSo(now))
            {
                return now;
            }

            await Task.Yield();
        }
    }

    private async Task StartAsync()
    {
        var settings = new HostSettings
        {
            DataFolder = DataFolder,
            Environment = new Dictionary<string, string>
            {
                ["Replay__Webhook__AllowedNetworks__0"] = "127.0.0.0/8", ["Chat__Endpoint"] = Agents.Url + "/v1", ["Chat__Model"] = "m",
            },
        };
        Host = await HostProcess.StartAsync(settings, TimeProvider.System, CancellationToken.None);
        Client = new MemoryClusterClient(Host.Url, await HostProcess.AdminKeyAsync(DataFolder, CancellationToken.None));
        await Client.PutTeamAsync("plants", new PutTeamRequest { Domain = "plants" });
        await Client.PutAgentAsync("plants", "ada");
    }
}
