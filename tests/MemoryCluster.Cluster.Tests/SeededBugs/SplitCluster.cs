using MemoryCluster.Client;
using MemoryCluster.Gateway;
using MemoryCluster.Shards;
using MemoryCluster.TestKit.Clusters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Cluster.Tests.SeededBugs;

/// <summary>
/// Two whole clusters on the same stores, neither of which knows of the other: each shard has two owners, as when a silo was frozen and another
/// took its place. What keeps them apart is the stores alone.
/// </summary>
internal sealed class SplitCluster : IAsyncDisposable
{
    // Few enough that owners change often, and enough that each does something in between.
    private const int CallsBetweenTurns = 20;

    private readonly List<WebApplication> _halves = [];
    private readonly List<MemoryClusterClient> _clients = [];
    private int _calls;

    public static async Task<SplitCluster> StartAsync(IShardStores stores)
    {
        var cluster = new SplitCluster();
        for (var half = 0; half < 2; half++)
            await cluster.AddHalfAsync(stores, seed: 1 + half);
        return cluster;
    }

    /// <summary>Whom to ask: one half for a while, then the other.</summary>
    public MemoryClusterClient Next() => _clients[Interlocked.Increment(ref _calls) / CallsBetweenTurns % _clients.Count];

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        foreach (var half in _halves)
        {
            await half.StopAsync();
            await half.DisposeAsync();
        }
    }

    private async Task AddHalfAsync(IShardStores stores, int seed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(stores);
        builder.AddTestCluster(seed);
        builder.Services.AddMemoryClusterGateway(gateway =>
        {
            gateway.AuthRequired = false;
            gateway.Tenants.Add(TestCluster.Tenant.Value);
        });
        var app = builder.Build();
        app.UseRouting();
        app.UseMemoryClusterFrontDoor();
        app.MapMemoryCluster();
        await app.StartAsync();
        _halves.Add(app);
        var once = new MemoryClusterClientOptions { RetriesMax = 0, MakeIdempotencyKeys = false };
        _clients.Add(new MemoryClusterClient(new Uri(app.Urls.Single()), key: null, once));
    }
}
