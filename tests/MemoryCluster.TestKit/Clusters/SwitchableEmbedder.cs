using MemoryCluster.Embedders;

namespace MemoryCluster.TestKit.Clusters;

/// <summary>The built-in embedder, until a test says that it is down.</summary>
public sealed class SwitchableEmbedder : IEmbedder
{
    private readonly HashedEmbedder _inner = new();

    /// <summary>Whether it refuses.</summary>
    public bool IsDown { get; set; }

    /// <inheritdoc/>
    public EmbedderModel Model => _inner.Model;

    /// <inheritdoc/>
    public ValueTask<Embedding> EmbedAsync(string text, CancellationToken cancellationToken) =>
        IsDown ? throw Down() : _inner.EmbedAsync(text, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Embedding>> EmbedManyAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        IsDown ? throw Down() : _inner.EmbedManyAsync(texts, cancellationToken);

    private static MemoryClusterException Down() => new(MemoryFault.EmbedderUnavailable, "The test switched the embedder off.");
}
