namespace MemoryCluster.Embedders;

/// <summary>An embedder that waits for nothing: a text's vector is computed where it is asked for.</summary>
public abstract class InstantEmbedder : IEmbedder
{
    private protected InstantEmbedder(EmbedderModel model) => Model = model;

    public EmbedderModel Model { get; }

    public ValueTask<Embedding> EmbedAsync(string text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Embed(text));
    }

    public ValueTask<IReadOnlyList<Embedding>> EmbedManyAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var embeddings = new Embedding[texts.Count];
        for (var i = 0; i < embeddings.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings[i] = Embed(texts[i]);
        }

        return ValueTask.FromResult<IReadOnlyList<Embedding>>(embeddings);
    }

    /// <summary>The vector of a text.</summary>
    public abstract Embedding Embed(string text);
}
