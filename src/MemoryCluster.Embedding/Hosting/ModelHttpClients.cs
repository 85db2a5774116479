using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Embedders;

/// <summary>The HTTP clients of model services.</summary>
internal static class ModelHttpClients
{
    // The one client lives as long as the process; its connections do not, so that a service that moves is found again.
    private static readonly TimeSpan ConnectionAgeMax = TimeSpan.FromMinutes(5);

    public static void AddModelHttpClient(this IServiceCollection services, string name, long responseBytesMax) => services
        .AddHttpClient(name)
        .ConfigureHttpClient(client =>
        {
            client.Timeout = Timeout.InfiniteTimeSpan;
            client.MaxResponseContentBufferSize = responseBytesMax;
        })
        .UseSocketsHttpHandler(static (handler, _) => handler.PooledConnectionLifetime = ConnectionAgeMax)
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
}
