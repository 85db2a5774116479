namespace MemoryCluster.Gateway.Tests.Problems;

/// <summary>An embedder that fails as the test says.</summary>
internal sealed class BrokenEmbedder(Exception failure) : IEmbedder
{
    public EmbedderModel Model { get; } = new("broken", 384);

    public ValueTask<Embedding> EmbedAsync(string text, CancellationToken cancellationToken) => ValueTask.FromException<Embedding>(failure);

    public ValueTask<IReadOnlyList<Embedding>> EmbedManyAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        ValueTask.FromException<IReadOnlyList<Embedding>>(failure);
}
