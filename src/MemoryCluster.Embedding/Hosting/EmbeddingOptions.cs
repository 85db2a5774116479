using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders;

/// <summary>The section "Embedding" of the configuration.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>"builtin", "http" or "hashed". Default builtin.</summary>
    [AllowedValues(EmbeddingProvider.BuiltIn, EmbeddingProvider.Http, EmbeddingProvider.Hashed)]
    public EmbeddingProvider Provider { get; set; } = EmbeddingProvider.BuiltIn;

    /// <summary>The service, where the provider is http.</summary>
    [ValidateObjectMembers]
    public HttpEmbedderOptions Http { get; set; } = new();

    /// <summary>How texts are gathered for the service.</summary>
    [ValidateObjectMembers]
    public EmbeddingBatcherOptions Batching { get; set; } = new();
}
