namespace MemoryCluster;

/// <summary>Turns text into unit vectors. Equal texts give equal vectors.</summary>
public interface IEmbedder
{
    /// <summary>The model behind it; constant for the life of the process.</summary>
    EmbedderModel Model { get; }

    /// <summary>Embeds one text.</summary>
    /// <exception cref="MemoryClusterException"><see cref="MemoryFault.EmbedderUnavailable"/>.</exception>
    ValueTask<Embedding> EmbedAsync(string text, CancellationToken cancellationToken);

    /// <summary>Embeds several texts, in order.</summary>
    /// <exception cref="MemoryClusterException"><see cref="MemoryFault.EmbedderUnavailable"/>.</exception>
    ValueTask<IReadOnlyList<Embedding>> EmbedManyAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
