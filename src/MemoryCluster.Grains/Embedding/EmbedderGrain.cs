using MemoryCluster.Grains.Placement;
using Orleans.Concurrency;

namespace MemoryCluster.Grains.Embedders;

/// <summary>The silo's embedder for the cluster.</summary>
/// <remarks>Reentrant, for it owns no state, and the batcher behind it fills its batches from calls that wait at the same time.</remarks>
[StatelessWorker, Reentrant, PreferAccelerator]
internal sealed class EmbedderGrain(IEmbedder embedder) : Grain, IEmbedderGrain
{
    public Task<Embedding> EmbedAsync(string text, CancellationToken cancellationToken) => embedder.EmbedAsync(text, cancellationToken).AsTask();

    public async Task<ImmutableArray<Embedding>> EmbedManyAsync(ImmutableArray<string> texts, CancellationToken cancellationToken) =>
        [.. await embedder.EmbedManyAsync(texts, cancellationToken)];
}
