using MemoryCluster.Embedders.Tests.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders.Tests.Hosting;

public sealed class AddMemoryClusterChatTests
{
    private const string Paris = """{"choices":[{"message":{"content":"Paris"}}]}""";

    private static IHost HostWith(params (string Key, string Value)[] settings) =>
        ConfiguredHost.With((services, section) => services.AddMemoryClusterChat(section), settings);

    [Fact]
    public async Task WithoutSettings_ThereIsNoModel()
    {
        using var host = HostWith();
        await host.StartAsync();

        Assert.Null(host.Services.GetService<IChatClient>());
        await host.StopAsync();
    }

    [Fact]
    public async Task ConfiguredService_IsAsked()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(Paris));
        using var host = HostWith(("Endpoint", service.Endpoint.AbsoluteUri), ("Model", "m"), ("ApiKey", "k"));
        await host.StartAsync();

        var response = await host.Services.GetRequiredService<IChatClient>().GetResponseAsync("Capital of France?");

        Assert.Equal("Paris", response.Text);
        Assert.Equal(["Bearer k"], service.Authorizations);
        await host.StopAsync();
    }

    [Fact]
    public async Task ClientAddedBefore_Stays()
    {
        using var own = new HttpChatClient(new HttpClient(), new ChatClientOptions { Endpoint = new Uri("http://127.0.0.1/v1"), Model = "own" }, TimeProvider.System, new Random(1));
        using var host = ConfiguredHost.With(
            (services, section) => services.AddSingleton<IChatClient>(own).AddMemoryClusterChat(section), [("Endpoint", "http://127.0.0.1/v1"), ("Model", "m")]);

        Assert.Same(own, host.Services.GetRequiredService<IChatClient>());
        await host.StartAsync();
        await host.StopAsync();
    }

    [Fact]
    public async Task AnswerThatIsTooLong_IsRefused_AndNotAskedForAgain()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(new string(' ', 17 << 20)));
        using var host = HostWith(("Endpoint", service.Endpoint.AbsoluteUri), ("Model", "m"));
        await host.StartAsync();

        var failure = await Assert.ThrowsAsync<ChatServiceException>(() => host.Services.GetRequiredService<IChatClient>().GetResponseAsync("q"));

        Assert.Contains("ConfigurationLimitExceeded", failure.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("Endpoint", "ftp://example.org", "Chat:Endpoint")]
    [InlineData("Endpoint", "nowhere", "Chat:Endpoint")]
    [InlineData("Model", " ", "Chat:Model")]
    [InlineData("Timeout", "00:00:00", "Timeout")]
    [InlineData("Timeout", "00:11:00", "Timeout")]
    [InlineData("TokensMax", "0", "TokensMax")]
    [InlineData("RetriesMax", "11", "RetriesMax")]
    public async Task WrongSetting_EndsTheStart(string key, string value, string named)
    {
        using var host = HostWith(("Endpoint", "http://127.0.0.1/v1"), ("Model", "m"), (key, value));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }
}
