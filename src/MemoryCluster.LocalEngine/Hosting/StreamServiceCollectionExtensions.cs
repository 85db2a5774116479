using MemoryCluster.LocalEngine.Runtime;
using MemoryCluster.LocalEngine.Streams;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace MemoryCluster.LocalEngine;

/// <summary>Names the streams.</summary>
public static class StreamServiceCollectionExtensions
{
    /// <summary>Adds streams in memory: items reach whoever subscribes, at most once. In a simulation, call it for the clients too.</summary>
    public static IServiceCollection AddMemoryStreams(this IServiceCollection services, string name) =>
        services.AddKeyedSingleton<IStreamProvider>(name, (provider, _) => new MemoryStreamProvider(name, provider.GetRequiredService<Cluster>()));
}
