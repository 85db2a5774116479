using System.Security.Cryptography;
using MemoryCluster.Embedders;
using MemoryCluster.Gateway;
using MemoryCluster.Grains.Hosting;
using MemoryCluster.Host.Engine;
using MemoryCluster.Replayers;
using MemoryCluster.Storage;

namespace MemoryCluster.Host.Serving;

/// <summary>Puts the parts together: embedder, reranker, chat, stores, engine, grains, gateway.</summary>
internal static class ServerHost
{
    /// <summary>How long requests in progress may take to end when the process is told to stop.</summary>
    public static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(25);

    // A watcher of settings sees the whole folder that the process starts in, and by default the data folder lies there: every append
    // would wake it, 4 % of a write.
    private static readonly string[] HostSettings = ["--hostBuilder:reloadConfigOnChange=false"];

    public static async Task<int> RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        DataFolders.Create(options.Data);
        await using var app = Build(options);
        await app.RunAsync(cancellationToken);
        return 0;
    }

    internal static WebApplication Build(ServeOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = HostSettings });
        builder.WebHost.UseUrls(options.Urls).UseMemoryClusterLimits();
        // No handler blocks its thread, so that a request may go on where its bytes were read: each hop saved is a thread less to wake.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        ConfigureLogging(builder.Logging);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainMax);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddMemoryClusterEmbedding(builder.Configuration.GetSection("Embedding"));
        // a gateway checks the addresses of replayers, and calls none
        builder.Services.AddMemoryClusterChat(builder.Configuration.GetSection("Chat"));
        builder.Services.AddMemoryClusterReplayers(builder.Configuration.GetSection("Replay"));
        if (options.HasSilo)
        {
            AddSilo(builder, options);
        }

        builder.AddEngine(options);
        if (options.HasGateway)
        {
            // after the engine, which it asks, and before the addresses are listened on: nobody is served without a key to be had
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<AdminKeyBootstrap>(services, options));
        }

        builder.Services.AddMemoryClusterGateway(gateway => ConfigureGateway(gateway, options));
        builder.Services.Configure<GatewayOptions>(builder.Configuration.GetSection("Gateway"));

        var app = builder.Build();
        app.UseRouting();
        app.UseMemoryClusterFrontDoor();
        _ = options.HasGateway ? app.MapMemoryCluster() : app.MapMemoryClusterProbes();
        return app;
    }

    private static void AddSilo(WebApplicationBuilder builder, ServeOptions options)
    {
        builder.Services.AddMemoryClusterReranking(builder.Configuration.GetSection("Reranking"));
        builder.Services.Configure<ReplayOptions>(builder.Configuration.GetSection("Replay"));
        builder.Services.Configure<PartitionOptions>(builder.Configuration.GetSection("Partitions"));
        builder.Services.Configure<SummaryOptions>(builder.Configuration.GetSection("Summaries"));
        builder.Services.AddMemoryClusterStorage(StorageOf(builder.Configuration.GetSection("Storage"), options));
        builder.Services.AddMemoryClusterGrains(RandomNumberGenerator.GetInt32(int.MaxValue));
    }

    private static StorageOptions StorageOf(IConfigurationSection section, ServeOptions options)
    {
        var storage = section.Get<StorageOptions>() ?? new StorageOptions();
        storage.Kind = options.Store;
        storage.Data = DataFolders.Stores(options.Data);
        storage.Redis = options.Redis;
        storage.AllowUnsafeRedis |= options.UnsafeRedis;
        return storage;
    }

    private static void ConfigureGateway(GatewayOptions gateway, ServeOptions options)
    {
        gateway.AuthRequired = options.Auth;
        gateway.Tenants.Clear();
        gateway.Tenants.Add(options.Tenant.Value);
        if (options.CursorSecret is { } secret)
        {
            gateway.CursorSecret = File.ReadAllBytes(secret);
        }
    }

    private static void ConfigureLogging(ILoggingBuilder logging) => logging
        .AddSimpleConsole(console => console.SingleLine = true)
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("System.Net.Http", LogLevel.Warning)
        .AddFilter("Orleans", LogLevel.Warning);
}
