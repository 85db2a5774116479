namespace MemoryCluster.Embedders;

/// <summary>A model that is asked once for many texts; <see cref="EmbeddingBatcher"/> makes an embedder of it.</summary>
public interface IBatchEmbedder
{
    /// <summary>The model behind it; constant once the process has started.</summary>
    EmbedderModel Model { get; }

    /// <summary>Embeds the texts in one call; one unit vector per text, in order.</summary>
    /// <exception cref="MemoryClusterException"><see cref="MemoryFault.EmbedderUnavailable"/>.</exception>
    Task<IReadOnlyList<Embedding>> EmbedBatchAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
