using MemoryCluster.Embedders.Tests.Http;

namespace MemoryCluster.Embedders.Tests.Batching;

/// <summary>The embedder of a service, as it is wired: batches before HTTP.</summary>
public sealed class BatchedHttpEmbedderTests : EmbedderContract, IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private EmbeddingService _service = null!;
    private EmbeddingBatcher _embedder = null!;

    protected override IEmbedder Embedder => _embedder;

    public async Task InitializeAsync()
    {
        _service = await EmbeddingService.StartAsync(EmbeddingService.Embed);
        var options = new HttpEmbedderOptions { Endpoint = _service.Endpoint, Model = "m", Dimensions = 3 };
        _embedder = new EmbeddingBatcher(
            new HttpEmbedder(_http, options, TimeProvider.System, new Random(1)), new EmbeddingBatcherOptions(), TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await _embedder.DisposeAsync();
        await _service.DisposeAsync();
    }

    public void Dispose() => _http.Dispose();
}
