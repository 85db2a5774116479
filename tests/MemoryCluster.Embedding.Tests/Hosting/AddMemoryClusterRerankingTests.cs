using MemoryCluster.Embedders.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders.Tests.Hosting;

public sealed class AddMemoryClusterRerankingTests
{
    private static IHost HostWith(params (string Key, string Value)[] settings) =>
        ConfiguredHost.With((services, section) => services.AddMemoryClusterReranking(section), settings);

    [Fact]
    public async Task WithoutSettings_NothingIsReranked()
    {
        using var host = HostWith();
        await host.StartAsync();

        Assert.Equal(0, host.Services.GetRequiredService<IReranker>().CandidatesMax);
        await host.StopAsync();
    }

    [Fact]
    public async Task HttpProvider_AsksTheServiceThatIsConfigured()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json("""{"results":[{"index":0,"relevance_score":0.5}]}"""));
        using var host = HostWith(
            ("Provider", "http"), ("Endpoint", service.Endpoint.AbsoluteUri), ("Model", "m"), ("ApiKey", "k"), ("Timeout", "00:00:07"), ("Candidates", "9"));
        await host.StartAsync();

        var reranker = host.Services.GetRequiredService<IReranker>();

        Assert.Equal((9, TimeSpan.FromSeconds(7)), (reranker.CandidatesMax, reranker.Timeout));
        Assert.Equal([0.5f], await reranker.ScoreAsync("q", ["a"], default));
        Assert.Equal(["Bearer k"], service.Authorizations);
        await host.StopAsync();
    }

    [Fact]
    public async Task AnswerThatIsTooLong_IsRefused_AndNotAskedForAgain()
    {
        var endless = new string(' ', 17 << 20);
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(endless));
        using var host = HostWith(("Provider", "http"), ("Endpoint", service.Endpoint.AbsoluteUri), ("Model", "m"), ("Timeout", "00:00:20"));
        await host.StartAsync();

        var failure = await Assert.ThrowsAsync<RerankerException>(
            async () => await host.Services.GetRequiredService<IReranker>().ScoreAsync("q", ["a"], default));

        Assert.Contains("ConfigurationLimitExceeded", failure.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("Provider", "unspecified", "Provider")]
    [InlineData("Endpoint", "ftp://example.org", "Reranking:Endpoint")]
    [InlineData("Endpoint", "nowhere", "Reranking:Endpoint")]
    [InlineData("Model", " ", "Reranking:Model")]
    [InlineData("Timeout", "00:00:00", "Timeout")]
    [InlineData("Timeout", "00:01:00", "Timeout")]
    [InlineData("Candidates", "0", "Candidates")]
    [InlineData("Candidates", "201", "Candidates")]
    [InlineData("RetriesMax", "11", "RetriesMax")]
    public async Task WrongSetting_EndsTheStart(string key, string value, string named)
    {
        using var host = HostWith(("Provider", "http"), ("Endpoint", "http://127.0.0.1/v1"), ("Model", "m"), (key, value));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }
}
