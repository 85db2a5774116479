using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MemoryCluster.Embedders.Tests.Hosting;

/// <summary>A host of one service, configured by settings; of two with one key the later counts.</summary>
internal static class ConfiguredHost
{
    public static IHost With(Action<IServiceCollection, IConfiguration> add, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.GroupBy(s => s.Key, (key, all) => KeyValuePair.Create(key, (string?)all.Last().Value)))
            .Build();
        return new HostBuilder().ConfigureServices(services => add(services, configuration)).Build();
    }
}
