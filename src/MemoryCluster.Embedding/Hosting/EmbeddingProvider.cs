namespace MemoryCluster.Embedders;

/// <summary>Who turns texts into vectors.</summary>
public enum EmbeddingProvider
{
    Unspecified = 0,

    /// <summary>The hashed embedder of this library: no download, no service, the same everywhere.</summary>
    BuiltIn,

    /// <summary>An OpenAI-shaped service.</summary>
    Http,
}
