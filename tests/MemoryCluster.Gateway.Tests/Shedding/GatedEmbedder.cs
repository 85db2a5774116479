using MemoryCluster.Embedders;

namespace MemoryCluster.Gateway.Tests.Shedding;

/// <summary>An embedder that holds every text until the test lets it go.</summary>
internal sealed class GatedEmbedder : IEmbedder
{
    private readonly HashedEmbedder _inner = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EmbedderModel Model => _inner.Model;

    /// <summary>Ends when the first text is here.</summary>
    public Task Entered => _entered.Task;

    public void Open() => _open.SetResult();

    public async ValueTask<Embedding> EmbedAsync(string text, CancellationToken cancellationToken)
    {
        _entered.TrySetResult();
        await _open.Task.WaitAsync(cancellationToken);
        return await _inner.EmbedAsync(text, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Embedding>> EmbedManyAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        _entered.TrySetResult();
        await _open.Task.WaitAsync(cancellationToken);
        return await _inner.EmbedManyAsync(texts, cancellationToken);
    }
}
