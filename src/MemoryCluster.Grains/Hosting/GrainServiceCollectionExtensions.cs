using MemoryCluster.Grains.Agents;
using MemoryCluster.Grains.Placement;
using MemoryCluster.Grains.Recall;
using MemoryCluster.Grains.Shards;
using MemoryCluster.Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Placement;

namespace MemoryCluster.Grains.Hosting;

/// <summary>What the grains need of a silo's services.</summary>
public static class GrainServiceCollectionExtensions
{
    /// <summary>
    /// Adds the grains' options, caches and chance. The embedder or a catalog of several, the stores and the engine are the composition
    /// root's to add, and before this the reranker, the replayers and an <see cref="ISummaryWriter"/>, where there are some.
    /// </summary>
    public static IServiceCollection AddMemoryClusterGrains(this IServiceCollection services, int randomSeed)
    {
        services.AddOptionsWithValidateOnStart<AgentOptions>().ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<RecallOptions>().ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<UpkeepOptions>().ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<PartitionOptions>().ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<ReplayOptions>().ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<SummaryOptions>().ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IRandomSource>(new SeededRandomSource(randomSeed));
        services.AddSingleton<DirectoryCache>();
        services.AddSingleton<HeldModels>();
        services.AddSingleton<OpenShards>();
        services.TryAddSingleton<IReranker, NoReranker>();
        services.TryAddSingleton(new ReplayerSet(null, null));
        services.AddSingleton<RecallReranking>();
        services.TryAddSingleton(provider => new EmbedderCatalog(provider.GetRequiredService<IEmbedder>()));
        services.AddPlacementFilter<AcceleratorFilterStrategy, AcceleratorFilterDirector>(ServiceLifetime.Singleton);
        return services;
    }
}
