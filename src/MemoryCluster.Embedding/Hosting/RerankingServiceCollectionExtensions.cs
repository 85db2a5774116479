using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders;

/// <summary>Wires the reranker that the configuration names.</summary>
public static class RerankingServiceCollectionExtensions
{
    // 200 scores take some 20 KB; services that send the texts back with them stay below too.
    private const long ResponseBytesMax = 16L << 20;

    /// <summary>Adds a singleton <see cref="IReranker"/> by the section's <see cref="RerankingOptions"/>, which are checked at start.</summary>
    public static IServiceCollection AddMemoryClusterReranking(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptionsWithValidateOnStart<RerankingOptions>().Bind(section);
        services.AddSingleton<IValidateOptions<RerankingOptions>, RerankingOptionsValidator>();
        services.AddSingleton<IValidateOptions<RerankingOptions>, HttpRerankingValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddModelHttpClient(nameof(HttpReranker), ResponseBytesMax);
        services.AddSingleton(CreateReranker);
        return services;
    }

    private static IReranker CreateReranker(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<RerankingOptions>>().Value;
        return options.Provider switch
        {
            RerankingProvider.None => new NoReranker(),
            RerankingProvider.Http => new HttpReranker(
                services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(HttpReranker)),
                options,
                services.GetRequiredService<TimeProvider>(),
                new Random(RandomNumberGenerator.GetInt32(int.MaxValue))),
            RerankingProvider.Unspecified or _ => throw new UnreachableException(),
        };
    }
}
