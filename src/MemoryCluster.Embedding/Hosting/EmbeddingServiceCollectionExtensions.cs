using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders;

/// <summary>Wires the embedder that the configuration names.</summary>
public static class EmbeddingServiceCollectionExtensions
{
    // 2,048 vectors of 3,072 numbers take some 70 MB as JSON text.
    private const long ResponseBytesMax = 128L << 20;

    /// <summary>
    /// Adds a singleton <see cref="IEmbedder"/> by the section's <see cref="EmbeddingOptions"/>, which are checked at start, and the catalog of
    /// all that a tenant may choose from: those that need no service, and the service where one is configured.
    /// </summary>
    public static IServiceCollection AddMemoryClusterEmbedding(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptionsWithValidateOnStart<EmbeddingOptions>().Bind(section);
        services.AddSingleton<IValidateOptions<EmbeddingOptions>, EmbeddingOptionsValidator>();
        services.AddSingleton<IValidateOptions<EmbeddingOptions>, HttpProviderValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddModelHttpClient(nameof(HttpEmbedder), ResponseBytesMax);
        services.AddSingleton(CreateHttpEmbedder);
        services.AddSingleton(CreateBatcher);
        services.AddSingleton(CreateEmbedder);
        services.AddSingleton(CreateCatalog);
        services.AddHostedService<EmbedderProbe>();
        return services;
    }

    private static HttpEmbedder CreateHttpEmbedder(IServiceProvider services) => new(
        services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(HttpEmbedder)),
        OptionsOf(services).Http,
        services.GetRequiredService<TimeProvider>(),
        new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));

    private static IEmbedder CreateEmbedder(IServiceProvider services) => OptionsOf(services).Provider switch
    {
        EmbeddingProvider.BuiltIn => new StaticEmbedder(),
        EmbeddingProvider.Hashed => new HashedEmbedder(),
        EmbeddingProvider.Http => services.GetRequiredService<EmbeddingBatcher>(),
        EmbeddingProvider.Unspecified or _ => throw new UnreachableException(),
    };

    private static EmbeddingBatcher CreateBatcher(IServiceProvider services)
    {
        var batcher = new EmbeddingBatcher(services.GetRequiredService<HttpEmbedder>(), OptionsOf(services).Batching, services.GetRequiredService<TimeProvider>());
        services.GetService<IMeterFactory>()?.Create("MemoryCluster.Embedding").CreateObservableGauge(
            "memorycluster.embedder.queue", () => batcher.TextsWaiting, "{text}", "Texts that wait for the embedding service");
        return batcher;
    }

    private static EmbedderCatalog CreateCatalog(IServiceProvider services)
    {
        var named = new Dictionary<string, IEmbedder> { ["builtin"] = new StaticEmbedder(), ["hashed"] = new HashedEmbedder() };
        if (OptionsOf(services).Http.Endpoint is not null)
        {
            named.Add("http", services.GetRequiredService<EmbeddingBatcher>());
        }

        return new EmbedderCatalog(services.GetRequiredService<IEmbedder>(), named);
    }

    private static EmbeddingOptions OptionsOf(IServiceProvider services) => services.GetRequiredService<IOptions<EmbeddingOptions>>().Value;
}
