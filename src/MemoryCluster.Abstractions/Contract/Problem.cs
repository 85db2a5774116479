namespace MemoryCluster.Contract;

/// <summary>A refusal or fault, as RFC 9457 says it (<c>application/problem+json</c>).</summary>
public sealed record Problem
{
    /// <summary>A URN that ends with <see cref="Code"/>.</summary>
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>Stable, for programs; each stands in docs/errors.md.</summary>
    public required string Code { get; init; }

    /// <summary>What to do, for people.</summary>
    public required string Detail { get; init; }

    /// <summary>The member of the request at fault, where there is one.</summary>
    public string? Field { get; init; }
}
