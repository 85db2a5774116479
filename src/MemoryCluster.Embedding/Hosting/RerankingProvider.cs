namespace MemoryCluster.Embedders;

/// <summary>Who reorders what a recall has found.</summary>
public enum RerankingProvider
{
    Unspecified = 0,

    /// <summary>Nobody: the fused order stands.</summary>
    None,

    /// <summary>A service.</summary>
    Http,
}
