namespace MemoryCluster.Contract;

/// <summary>What a tenant's texts are embedded by.</summary>
public sealed record EmbedderResponse
{
    /// <summary>The model's id, which every vector carries.</summary>
    public required string Model { get; init; }

    /// <summary>Components of its vectors.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Words that <c>PUT</c> takes.</summary>
    public required IReadOnlyList<string> Providers { get; init; }
}
