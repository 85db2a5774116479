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
    public static void AddTestCluster(this IHostApplicationBuilder builder, int seed = 1)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<SwitchableStores>();
        builder.Services.TryAddSingleton<IShardStores>(services => services.GetRequiredService<SwitchableStores>());
        builder.Services.TryAddSingleton<SwitchableEmbedder>();
        builder.Services.TryAddSingleton<IEmbedder>(services => services.GetRequiredService<SwitchableEmbedder>());
        builder.Services.AddMemoryClusterGrains(seed);
        builder.AddTestEngine();
    }
}
