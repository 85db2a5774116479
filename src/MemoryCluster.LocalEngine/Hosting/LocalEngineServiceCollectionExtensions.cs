using MemoryCluster.LocalEngine.Hosting;
using MemoryCluster.LocalEngine.Reminders;
using MemoryCluster.LocalEngine.Runtime;
using MemoryCluster.LocalEngine.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;

namespace MemoryCluster.LocalEngine;

/// <summary>Hosts the live engine.</summary>
public static class LocalEngineServiceCollectionExtensions
{
    /// <summary>Adds a cluster of virtual silos in this process, which starts and stops with the host. Grains see the host's services.</summary>
    public static IServiceCollection AddLocalEngine(this IServiceCollection services, Action<LocalEngineOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptionsWithValidateOnStart<LocalEngineOptions>().Configure(configure).ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IReminderTable, MemoryReminderTable>();
        services.AddSingleton(CreateCluster);
        services.AddGrainServices();
        services.AddHostedService<LocalEngineHostedService>();
        return services;
    }

    private static Cluster CreateCluster(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<LocalEngineOptions>>().Value;
        var clock = services.GetRequiredService<TimeProvider>();
        var logger = services.GetService<ILoggerFactory>()?.CreateLogger("MemoryCluster.LocalEngine") ?? NullLogger.Instance;
        var random = new Random(options.Seed ?? unchecked((int)clock.GetTimestamp()));
        return new Cluster(options, GrainCatalog.Of(options), services.GetRequiredService<IReminderTable>(), logger, clock, random, cluster => new LiveScheduler(cluster, clock));
    }
}
