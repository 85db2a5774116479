namespace MemoryCluster.Grains.Embedders;

internal static class EmbedderLookups
{
    /// <summary>The cluster's embedder of a model.</summary>
    public static IEmbedderGrain GetEmbedder(this IGrainFactory grains, EmbedderModel model) => grains.GetGrain<IEmbedderGrain>(model.Id);
}
