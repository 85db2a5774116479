using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Replayers;

/// <summary>Wires the replayers that stand outside of the cluster.</summary>
public static class ReplayerServiceCollectionExtensions
{
    // A name that moves is resolved, and checked, anew.
    private static readonly TimeSpan ConnectionAgeMax = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Adds the <see cref="ReplayerSet"/> and the <see cref="AddressRule"/> by the section's <see cref="WebhookOptions"/> (<c>Webhook</c>), which are
    /// checked at start. A language model is asked where an <see cref="IChatClient"/> is registered.
    /// </summary>
    public static IServiceCollection AddMemoryClusterReplayers(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptionsWithValidateOnStart<WebhookOptions>().Bind(section.GetSection("Webhook")).ValidateDataAnnotations();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddSingleton(provider => new AddressRule(OptionsOf(provider).AllowedNetworks.Select(IPNetwork.Parse)));
        services.AddSingleton(CreateSet);
        return services;
    }

    /// <summary>A client that calls what may be called and nothing else.</summary>
    internal static HttpClient CreateClient(CheckedDial dial) => new(new SocketsHttpHandler
    {
        ConnectCallback = dial.ConnectAsync,
        // a proxy would resolve names for us, and a redirect would lead past the check of the address that was registered
        UseProxy = false, AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionAgeMax,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static ReplayerSet CreateSet(IServiceProvider services)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var dial = new CheckedDial(services.GetRequiredService<AddressRule>(), Dns.GetHostAddressesAsync);
        return new ReplayerSet(
            new WebhookReplayer(CreateClient(dial), OptionsOf(services).Timeout, clock),
            services.GetService<IChatClient>() is { } chat ? new ChatReplayer(chat, clock) : null);
    }

    private static WebhookOptions OptionsOf(IServiceProvider services) => services.GetRequiredService<IOptions<WebhookOptions>>().Value;
}
