namespace MemoryCluster.Grains.Embedders;

internal static class EmbedderLookups
{
    /// <summary>The cluster's embedder of this silo's model.</summary>
    public static IEmbedderGrain GetEmbedder(this IGrainFactory grains, IEmbedder embedder) => grains.GetGrain<IEmbedderGrain>(embedder.Model.Id);
}
