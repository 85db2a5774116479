using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders;

/// <summary>The HTTP clients of model services, and what every such service must be configured with.</summary>
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

    public static void RequireService(this ValidateOptionsResultBuilder result, string section, Uri? endpoint, string? model, string example)
    {
        if (endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            result.AddError($"An absolute http(s) address is needed, such as {example}.", $"{section}:Endpoint");
        }

        if (string.IsNullOrWhiteSpace(model))
        {
            result.AddError("The service's name of the model is needed.", $"{section}:Model");
        }
    }
}
