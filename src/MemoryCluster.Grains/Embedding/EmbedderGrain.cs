using MemoryCluster.Grains.Placement;
using Orleans.Concurrency;

namespace MemoryCluster.Grains.Embedders;

/// <summary>One of the silo's embedders for the cluster. Key: the model's id.</summary>
/// <remarks>Reentrant, for it owns no state, and the batcher behind it fills its batches from calls that wait at the same time.</remarks>
[StatelessWorker, Reentrant, PreferAccelerator]
internal sealed class EmbedderGrain(EmbedderCatalog embedders) : Grain, IEmbedderGrain
{
    private string Model => this.GetPrimaryKeyString();

    // No other in its place: its vectors would be of another space.
    private IEmbedder Embedder => embedders.Find(Model) ?? throw new MemoryClusterException(
        MemoryFault.EmbedderUnavailable,
        $"This silo has no embedder '{Model}', only {string.Join(", ", embedders.Models.Select(model => model.Id))}. Configure it, or choose another.");

    public Task<Embedding> EmbedAsync(string text, CancellationToken cancellationToken) => Embedder.EmbedAsync(text, cancellationToken).AsTask();

    public async Task<ImmutableArray<Embedding>> EmbedManyAsync(ImmutableArray<string> texts, CancellationToken cancellationToken) =>
        [.. await Embedder.EmbedManyAsync(texts, cancellationToken)];
}
