using MemoryCluster.LocalEngine.Runtime;
using MemoryCluster.LocalEngine.Timers;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Timers;

namespace MemoryCluster.LocalEngine.Hosting;

/// <summary>What every silo offers to its grains, live or simulated.</summary>
internal static class GrainServices
{
    public static IServiceCollection AddGrainServices(this IServiceCollection services) => services
        .AddSingleton<IClusterClient>(provider => provider.GetRequiredService<Cluster>())
        .AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<Cluster>())
        .AddSingleton<IGrainRuntime, GrainRuntime>()
        .AddSingleton<ITimerRegistry, TimerRegistry>()
        .AddSingleton<IReminderRegistry>(provider => provider.GetRequiredService<Cluster>().Reminders)
        .AddSingleton<IGrainContextAccessor, GrainContextAccessor>()
        .AddSingleton<ILocalSiloDetails, LocalSiloDetails>()
        .AddSingleton<ISiloMetadataCache, SiloMetadataCache>();
}
