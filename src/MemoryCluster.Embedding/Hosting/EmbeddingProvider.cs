namespace MemoryCluster.Embedders;

/// <summary>Who turns texts into vectors.</summary>
public enum EmbeddingProvider
{
    Unspecified = 0,

    /// <summary>The model inside this library: no download, no service, the same everywhere.</summary>
    BuiltIn,

    /// <summary>An OpenAI-shaped service.</summary>
    Http,

    /// <summary>Hashed words without a model, as before the built-in one.</summary>
    Hashed,
}
