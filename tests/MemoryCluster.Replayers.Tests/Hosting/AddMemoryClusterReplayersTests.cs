using System.Net;
using MemoryCluster.Replayers.Tests.Chat;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Replayers.Tests.Hosting;

public sealed class AddMemoryClusterReplayersTests
{
    [Fact]
    public async Task WithoutSettings_ThePublicInternetMayBeCalled_AndNoModelIsThere()
    {
        using var host = HostWith([]);
        await host.StartAsync();

        var replayers = host.Services.GetRequiredService<ReplayerSet>();

        Assert.NotNull(replayers.Find("agents"));
        Assert.Null(replayers.Find(ReplayerNames.Chat));
        Assert.False(host.Services.GetRequiredService<AddressRule>().MayCall(IPAddress.Loopback));
        await host.StopAsync();
    }

    [Fact]
    public async Task AllowedNetworks_AreTakenFromTheConfiguration_AndAModelWhereThereIsOne()
    {
        using var chat = new ScriptedChat(_ => new ChatResponse());
        using var host = HostWith([("Webhook:AllowedNetworks:0", "127.0.0.0/8"), ("Webhook:Timeout", "00:00:05")], chat);
        await host.StartAsync();

        Assert.True(host.Services.GetRequiredService<AddressRule>().MayCall(IPAddress.Loopback));
        Assert.Equal([ReplayerNames.Chat], host.Services.GetRequiredService<ReplayerSet>().BuiltIn.AsEnumerable());
        await host.StopAsync();
    }

    [Theory]
    [InlineData("Webhook:AllowedNetworks:0", "127.0.0.1/33", "AllowedNetworks")]
    [InlineData("Webhook:AllowedNetworks:0", "laptop", "AllowedNetworks")]
    [InlineData("Webhook:Timeout", "00:00:00", "Timeout")]
    [InlineData("Webhook:Timeout", "00:11:00", "Timeout")]
    public async Task WrongSetting_EndsTheStart(string key, string value, string named)
    {
        using var host = HostWith([(key, value)]);

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    private static IHost HostWith((string Key, string Value)[] settings, IChatClient? chat = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        return new HostBuilder().ConfigureServices(services =>
        {
            services.AddSingleton(TimeProvider.System);
            if (chat is not null)
            {
                services.AddSingleton(chat);
            }

            services.AddMemoryClusterReplayers(configuration);
        }).Build();
    }
}
