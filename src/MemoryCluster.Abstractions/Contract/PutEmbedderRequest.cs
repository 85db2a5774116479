namespace MemoryCluster.Contract;

/// <summary>Body of <c>PUT /api/v1/embedder</c>.</summary>
public sealed record PutEmbedderRequest
{
    /// <summary>One of the embedders that the server is configured with: builtin, hashed, http.</summary>
    public required string Provider { get; init; }

    /// <summary>How long the vectors are expected to be; refused where they are not.</summary>
    public int? Dimensions { get; init; }
}
