namespace MemoryCluster.Embedders.Tests.Http;

/// <summary>How every caller of a model service bears silence and a caller who leaves.</summary>
public abstract class ModelServiceContract : IDisposable
{
    private protected ManualClock Clock { get; } = new();

    private protected HttpClient Http { get; } = new();

    /// <summary>Asks once, without a second attempt.</summary>
    private protected abstract Task AskOnceAsync(Uri endpoint, TimeSpan timeout, CancellationToken cancellationToken);

    [Fact]
    public async Task SilentService_IsGivenUpAfterTheTimeout()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Silence);
        var timeout = TimeSpan.FromSeconds(7);

        var failure = Assert.ThrowsAnyAsync<Exception>(() => AskOnceAsync(service.Endpoint, timeout, default));
        await Clock.TimerSet(timeout);
        Clock.Advance(timeout);

        Assert.IsNotAssignableFrom<OperationCanceledException>(await failure);
        Assert.Contains("no answer within 00:00:07", (await failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancelledCaller_IsNotARefusalOfTheService()
    {
        using var giveUp = new CancellationTokenSource();
        await using var service = await EmbeddingService.StartAsync(context =>
        {
            giveUp.Cancel();
            return EmbeddingService.Silence(context);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskOnceAsync(service.Endpoint, TimeSpan.FromSeconds(7), giveUp.Token));
    }

    public void Dispose() => Http.Dispose();
}
