namespace MemoryCluster;

/// <summary>The embedders that this process can ask: the one that is used where nobody chose, and those that can be chosen by name.</summary>
/// <param name="standard">Used where a tenant has chosen none.</param>
/// <param name="named">By the word that stands for it in configuration and requests.</param>
public sealed class EmbedderCatalog(IEmbedder standard, params IEnumerable<KeyValuePair<string, IEmbedder>> named)
{
    private readonly Dictionary<string, IEmbedder> _named = new(named, StringComparer.Ordinal);

    /// <summary>Used where a tenant has chosen none.</summary>
    public IEmbedder Standard { get; } = standard;

    /// <summary>The words that can be chosen.</summary>
    public IEnumerable<string> Names => _named.Keys.Order(StringComparer.Ordinal);

    /// <summary>Every model that can be asked.</summary>
    public IEnumerable<EmbedderModel> Models => _named.Values.Prepend(Standard).Select(embedder => embedder.Model).Distinct();

    /// <summary>The embedder of a name, or null.</summary>
    public IEmbedder? Named(string name) => _named.GetValueOrDefault(name);

    /// <summary>The embedder of a model, or null.</summary>
    public IEmbedder? Find(string modelId) => _named.Values.Prepend(Standard).FirstOrDefault(embedder => embedder.Model.Id == modelId);

    /// <summary>The model that a tenant's new vectors are made by.</summary>
    public EmbedderModel ModelFor(DirectorySnapshot? directory) => directory?.Embedder ?? Standard.Model;
}
