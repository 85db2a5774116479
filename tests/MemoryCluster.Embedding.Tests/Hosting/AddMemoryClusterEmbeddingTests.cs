using MemoryCluster.Embedders.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders.Tests.Hosting;

public sealed class AddMemoryClusterEmbeddingTests
{
    private static IHost HostWith(params (string Key, string Value)[] settings) =>
        ConfiguredHost.With((services, section) => services.AddMemoryClusterEmbedding(section), settings);

    [Fact]
    public async Task WithoutSettings_TheBuiltInModelAnswers()
    {
        using var host = HostWith();
        await host.StartAsync();

        Assert.IsType<StaticEmbedder>(host.Services.GetRequiredService<IEmbedder>());
        await host.StopAsync();
    }

    [Fact]
    public async Task HashedProvider_AnswersWithoutAModel()
    {
        using var host = HostWith(("Provider", "hashed"));
        await host.StartAsync();

        Assert.IsType<HashedEmbedder>(host.Services.GetRequiredService<IEmbedder>());
        await host.StopAsync();
    }

    [Fact]
    public async Task HttpProvider_IsProbedAtStart_AndBatched()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json("""{"data":[{"index":0,"embedding":[3,4]}]}"""));
        var host = HostWith(("Provider", "http"), ("Http:Endpoint", service.Endpoint.AbsoluteUri), ("Http:Model", "m"));
        await host.StartAsync();

        var embedder = Assert.IsType<EmbeddingBatcher>(host.Services.GetRequiredService<IEmbedder>());

        Assert.Equal(2, embedder.Model.Dimensions);
        var embedding = await embedder.EmbedAsync("a", default);
        Assert.Equal([0.6f, 0.8f], embedding.Values.ToArray());
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    [Fact]
    public async Task ServiceWhoseVectorsAreOfAnotherLengthThanConfigured_EndsTheStart()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json("""{"data":[{"index":0,"embedding":[3,4]}]}"""));
        var host = HostWith(
            ("Provider", "http"), ("Http:Endpoint", service.Endpoint.AbsoluteUri), ("Http:Model", "m"), ("Http:Dimensions", "3"));

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(() => host.StartAsync());

        Assert.Contains("2 components where 3", fault.Message, StringComparison.Ordinal);
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    [Fact]
    public async Task Catalog_OffersTheServiceWhereOneIsConfigured_WithoutAskingItAtStart()
    {
        var host = HostWith(("Http:Endpoint", "http://127.0.0.1:1/v1"), ("Http:Model", "m"), ("Http:Dimensions", "2"));
        await host.StartAsync();

        var catalog = host.Services.GetRequiredService<EmbedderCatalog>();

        Assert.Equal(["builtin", "hashed", "http"], catalog.Names);
        Assert.IsType<StaticEmbedder>(catalog.Standard);
        Assert.Same(catalog.Named("http"), catalog.Find("m@2"));
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    [Fact]
    public async Task ServiceThatMayBeChosenLater_MustSayHowLongItsVectorsAre()
    {
        using var host = HostWith(("Http:Endpoint", "http://127.0.0.1:1/v1"), ("Http:Model", "m"));

        Assert.Contains("Dimensions", (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Provider", "unspecified", "Provider")]
    [InlineData("Http:AttemptTimeout", "00:00:00", "AttemptTimeout")]
    [InlineData("Http:Dimensions", "0", "Dimensions")]
    [InlineData("Batching:BatchTextsMax", "0", "BatchTextsMax")]
    [InlineData("Batching:BatchDelayMax", "00:00:02", "BatchDelayMax")]
    [InlineData("Http:Endpoint", "ftp://example.org", "Endpoint")]
    [InlineData("Http:Model", " ", "Model")]
    [InlineData("Http:RequestDimensions", "true", "Dimensions")]
    public async Task WrongSetting_EndsTheStart(string key, string value, string named)
    {
        using var host = HostWith(("Provider", "http"), ("Http:Endpoint", "http://127.0.0.1/v1"), ("Http:Model", "m"), (key, value));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }
}
