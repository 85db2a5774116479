using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using MemoryCluster.Embedders;
using MemoryCluster.Grains.Hosting;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;
using MemoryCluster.TestKit.Clusters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Gateway.Tests.Running;

/// <summary>The gateway on a port of loopback, over the real grains, the engine that is built and stores in memory.</summary>
public sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<HttpClient> _clients = [];

    private RunningGateway(WebApplication app)
    {
        _app = app;
        Anonymous = Client(null);
        Admin = Anonymous;
    }

    public Uri Address => new(_app.Urls.Single());

    public TenantId Tenant { get; } = new("default");

    internal ShiftedClock Clock => (ShiftedClock)_app.Services.GetRequiredService<TimeProvider>();

    public IServiceProvider Services => _app.Services;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public ITenantGrain Directory => Grains.GetGrain<ITenantGrain>(GrainKey.Of(Tenant));

    /// <summary>A client without a key.</summary>
    public HttpClient Anonymous { get; }

    /// <summary>A client with a key of every scope, bound to nothing.</summary>
    public HttpClient Admin { get; private set; }

    public string AdminKey { get; private set; } = "";

    public static async Task<RunningGateway> StartAsync(
        Action<GatewayOptions>? configure = null, Action<IServiceCollection>? replace = null, Action<IWebHostBuilder>? host = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseMemoryClusterLimits().UseUrls("http://127.0.0.1:0");
        host?.Invoke(builder.WebHost);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<TimeProvider>(new ShiftedClock());
        builder.Services.AddSingleton<IShardStores>(new InMemoryShardStores());
        builder.Services.AddSingleton<IEmbedder>(new HashedEmbedder());
        builder.Services.AddMemoryClusterGrains(randomSeed: 1);
        builder.AddTestEngine();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddMemoryClusterGateway(configure);
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        app.UseMemoryClusterFrontDoor();
        app.MapMemoryCluster();
        await app.StartAsync();
        var gateway = new RunningGateway(app);
        gateway.AdminKey = await gateway.KeyAsync(KeyScopes.Read | KeyScopes.Write | KeyScopes.Admin);
        gateway.Admin = gateway.Client(gateway.AdminKey);
        return gateway;
    }

    /// <summary>Makes a key, past the gateway.</summary>
    public async Task<string> KeyAsync(
        KeyScopes scopes, string? team = null, string? agent = null, string? user = null, DateTimeOffset? expiresAt = null, string? tenant = null)
    {
        using var random = RandomNumberGenerator.Create();
        var owner = tenant is null ? Tenant : new TenantId(tenant);
        var key = KeyText.New(owner, random);
        var spec = new KeySpec
        {
            Name = "test",
            Scopes = scopes,
            Team = team is null ? null : new TeamId(team),
            Agent = agent is null ? null : new AgentId(agent),
            User = user is null ? null : new UserId(user),
            ExpiresAt = expiresAt,
        };
        await Grains.GetGrain<ITenantGrain>(GrainKey.Of(owner)).CreateKeyAsync(key.Id, key.SecretHash, spec, CancellationToken.None);
        return key.ToString();
    }

    public HttpClient Client(string? key)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        _clients.Add(client);
        return client;
    }

    /// <summary>A team with agents, by way of the contract.</summary>
    public async Task PutTeamAsync(string team, params string[] agents)
    {
        using var put = await Admin.PutAsJsonAsync($"/api/v1/teams/{team}", new { domain = "tests" });
        put.EnsureSuccessStatusCode();
        foreach (var agent in agents)
        {
            using var added = await Admin.PutAsync(new Uri($"/api/v1/teams/{team}/agents/{agent}", UriKind.Relative), null);
            added.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Everything that the tenant holds, as one text to compare.</summary>
    public async Task<string> DigestAsync()
    {
        var directory = await Directory.GetSnapshotAsync(CancellationToken.None);
        var digest = new StringBuilder().Append(directory.Version);
        foreach (var team in directory.Teams.Keys.OrderBy(team => team.Value, StringComparer.Ordinal))
        {
            var grain = Grains.GetGrain<ITeamGrain>(GrainKey.Of(Tenant, team));
            var view = await grain.DescribeAsync(CancellationToken.None);
            var operator_ = new Caller { Tenant = Tenant, Key = default };
            var page = await grain.ListAsync(operator_, new MemoryListQuery { Limit = 200 }, CancellationToken.None);
            digest.Append($"|{team}:{view!.Statistics.Seq}:{view.Statistics.Memories}:{view.Statistics.Outcomes}:");
            digest.AppendJoin(',', page.Items.Select(memory => $"{memory.Id}@{memory.Version}"));
        }

        return digest.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
