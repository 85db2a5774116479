using MemoryCluster.Grains.Hosting;
using MemoryCluster.Shards;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace MemoryCluster.TestKit.Clusters;

/// <summary>Hosts the grains for a test, on whichever engine is built.</summary>
public static class TestClusterHosting
{
    /// <summary>Adds the grains, an engine, and what both need that the test has not added before.</summary>
    public static void AddTestCluster(this IHostApplicationBuilder builder, int seed = 1) => builder.AddTestCluster(seed, first: null);

    /// <summary>The same for a silo that joins the cluster of another host and shares its stores, its embedder and its clock.</summary>
    internal static void AddTestCluster(this IHostApplicationBuilder builder, int seed, IHost? first)
    {
        if (first is not null)
        {
            builder.Services.AddSingleton(first.Services.GetRequiredService<TimeProvider>());
            builder.Services.AddSingleton(first.Services.GetRequiredService<SwitchableStores>());
            builder.Services.AddSingleton(first.Services.GetRequiredService<SwitchableEmbedder>());
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<SwitchableStores>();
        builder.Services.TryAddSingleton<IShardStores>(services => services.GetRequiredService<SwitchableStores>());
        builder.Services.TryAddSingleton<SwitchableEmbedder>();
        builder.Services.TryAddSingleton<IEmbedder>(services => services.GetRequiredService<SwitchableEmbedder>());
        builder.Services.AddMemoryClusterGrains(seed);
        builder.AddTestEngine(first);
    }
}
