using System.Net;
using MemoryCluster.Gateway;
using MemoryCluster.Host.Serving;
using MemoryCluster.Storage;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Runtime.MembershipService.SiloMetadata;
using StackExchange.Redis;

namespace MemoryCluster.Host.Engine;

/// <summary>
/// Grains on Orleans: one silo on the loopback interface with files, any number of silos and gateways that find each other in Redis with
/// the Redis store.
/// </summary>
internal static class EngineHosting
{
    private const int MessageBytesMax = 16 * 1024 * 1024;
    private const int EnqueuedPerGrainMax = 1_000;

    // A silo that answers none of two probes is dead after about three seconds; measured on two silos and Redis, calls resume within three more.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(2);
    private const int MissedProbesMax = 2;

    // A call through a silo that died is not failed, it waits for this; what may take longer says so itself.
    private static readonly TimeSpan ClientResponseTimeout = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan SiloResponseTimeout = TimeSpan.FromSeconds(3);

    public static void AddEngine(this IHostApplicationBuilder builder, ServeOptions options)
    {
        // At every start they warn of our one heap, which is meant, and of a check that has not had its first turn.
        // What a fault was caused by goes along with it, whatever library it is of: an exception that cannot be written hides the fault itself.
        builder.Services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedExceptionTypeFilter = static _ => true);
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error).AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        if (!options.HasSilo)
        {
            builder.UseOrleansClient(client => ConfigureClient(client, options));
            return;
        }

        builder.UseOrleans(silo => ConfigureSilo(silo, options));
        if (options.Store == StorageKind.Redis)
        {
            builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<RedisLease>(services, options));
            builder.Services.AddHostedService(services => services.GetRequiredService<RedisLease>());
            builder.Services.AddSingleton<IReadinessCheck>(services => services.GetRequiredService<RedisLease>());
        }
    }

    /// <summary>What the engine of this build has not.</summary>
    public static IEnumerable<string> ErrorsOf(ServeOptions options)
    {
        if (options.Silos != 1)
        {
            yield return $"--silos is {options.Silos}: it counts the virtual silos of the local engine. With Orleans a silo is a process; start another one with --role silo.";
        }
    }

    private static void ConfigureSilo(ISiloBuilder silo, ServeOptions options)
    {
        if (options.Store == StorageKind.Redis)
        {
            silo.UseRedisClustering(redis => redis.ConfigurationOptions = RedisOf(options))
                .Configure<ClusterOptions>(cluster => Name(cluster, options))
                .ConfigureEndpoints(options.Advertise, options.SiloPort, options.ClientPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(options.Advertise))
                .Configure<ClusterMembershipOptions>(ConfigureMembership);
        }
        else
        {
            silo.UseLocalhostClustering(
                options.SiloPort, options.ClientPort, new IPEndPoint(IPAddress.Loopback, options.SiloPort), options.Cluster, options.Cluster);
        }

        if (options.Name is { } name)
        {
            silo.Configure<SiloOptions>(named => named.SiloName = name);
        }

        silo.UseSiloMetadata(options.Role == HostRole.Gpu ? new Dictionary<string, string> { ["accelerator"] = "gpu" } : [])
            .Configure<SiloMessagingOptions>(messaging =>
            {
                ConfigureMessages(messaging, SiloResponseTimeout);
                messaging.MaxEnqueuedRequestsHardLimit = EnqueuedPerGrainMax;
            });
    }

    private static void ConfigureClient(IClientBuilder client, ServeOptions options) => client
        .UseRedisClustering(redis => redis.ConfigurationOptions = RedisOf(options))
        .Configure<ClusterOptions>(cluster => Name(cluster, options))
        .Configure<Orleans.Configuration.GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TableRefresh)
        .Configure<ClientMessagingOptions>(messaging => ConfigureMessages(messaging, ClientResponseTimeout))
        .UseConnectionRetryFilter<SiloWait>();

    private static void ConfigureMembership(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = ProbeTimeout;
        membership.NumMissedProbesLimit = MissedProbesMax;
        membership.TableRefreshTimeout = TableRefresh;
        // Of two silos one must be able to tell that the other is dead.
        membership.NumVotesForDeathDeclaration = 1;
    }

    private static void ConfigureMessages(MessagingOptions messaging, TimeSpan responseTimeout)
    {
        messaging.ResponseTimeout = responseTimeout;
        messaging.MaxMessageBodySize = MessageBytesMax;
        messaging.CancelRequestOnTimeout = true;
    }

    private static void Name(ClusterOptions cluster, ServeOptions options) => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster, options.Cluster);

    private static ConfigurationOptions RedisOf(ServeOptions options)
    {
        var redis = ConfigurationOptions.Parse(options.Redis!);
        // A cluster waits for its Redis as it does for its silos.
        redis.AbortOnConnectFail = false;
        return redis;
    }
}
