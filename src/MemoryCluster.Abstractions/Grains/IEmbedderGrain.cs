namespace MemoryCluster.Grains;

/// <summary>Embeds texts where the model is. A stateless worker; key: the model's id.</summary>
[Alias("mc.IEmbedderGrain")]
public interface IEmbedderGrain : IGrainWithStringKey
{
    Task<Embedding> EmbedAsync(string text, CancellationToken cancellationToken);

    [ResponseTimeout("00:00:15")]
    Task<ImmutableArray<Embedding>> EmbedManyAsync(ImmutableArray<string> texts, CancellationToken cancellationToken);
}
