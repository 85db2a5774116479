using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders;

/// <summary>Wires the chat service that the configuration names.</summary>
public static class ChatServiceCollectionExtensions
{
    // 131,072 tokens of text take about half a megabyte; some services send their thoughts along.
    private const long ResponseBytesMax = 16L << 20;

    /// <summary>
    /// Adds a singleton <see cref="IChatClient"/> by the section's <see cref="ChatClientOptions"/>, which are checked at start; nothing where the
    /// section says nothing, and nothing over a client that was added before. Who can use a model asks for one that may be absent. With a client
    /// comes an <see cref="ISummaryWriter"/> that asks it.
    /// </summary>
    public static IServiceCollection AddMemoryClusterChat(this IServiceCollection services, IConfiguration section)
    {
        if (!section.GetChildren().Any())
        {
            return services.Any(service => service.ServiceType == typeof(IChatClient)) ? services.AddSummaryWriter() : services;
        }

        services.AddOptionsWithValidateOnStart<ChatClientOptions>().Bind(section);
        services.AddSingleton<IValidateOptions<ChatClientOptions>, ChatClientOptionsValidator>();
        services.AddSingleton<IValidateOptions<ChatClientOptions>, ChatServiceValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddModelHttpClient(nameof(HttpChatClient), ResponseBytesMax);
        services.TryAddSingleton<IChatClient>(provider => new HttpChatClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(HttpChatClient)),
            provider.GetRequiredService<IOptions<ChatClientOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        return services.AddSummaryWriter();
    }

    private static IServiceCollection AddSummaryWriter(this IServiceCollection services)
    {
        services.TryAddSingleton<ISummaryWriter>(provider => new ChatSummaryWriter(provider.GetRequiredService<IChatClient>()));
        return services;
    }
}
