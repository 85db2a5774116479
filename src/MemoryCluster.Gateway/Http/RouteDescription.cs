using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Http;

/// <summary>What a route is, for the router, the metrics and the OpenAPI document.</summary>
internal sealed record RouteDescription
{
    public required string Method { get; init; }

    public required string Pattern { get; init; }

    public required string Summary { get; init; }

    public required string Tag { get; init; }

    /// <summary>The scope that it needs; none where it needs no key.</summary>
    public required KeyScopes Scope { get; init; }

    public Type? Body { get; init; }

    /// <summary>Whether the body may be left out.</summary>
    public bool BodyOptional { get; init; }

    public int Success { get; init; } = 200;

    /// <summary>A second status of success, where there is one.</summary>
    public int? AlsoSuccess { get; init; }

    public Type? Response { get; init; }

    /// <summary>Query parameters; others are refused.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>Request headers with a meaning here.</summary>
    public ImmutableArray<string> Headers { get; init; } = [];

    /// <summary>Codes of its own, beside those that every route can give.</summary>
    public ImmutableArray<ProblemKind> Refuses { get; init; } = [];

    /// <summary>Faults of the cluster that it can pass on, beside those that every route can give.</summary>
    public ImmutableArray<MemoryFault> Faults { get; init; } = [];

    /// <summary>
    /// Whether it takes about as long each time where nothing waits, so that a longer time tells of waiting: what works on one memory or one
    /// question, and not on as much as the caller gives it.
    /// </summary>
    public bool TellsDelay { get; init; }

    /// <summary>Whether a call that was cut off may have had an effect.</summary>
    public bool Writes => Scope is KeyScopes.Write or KeyScopes.Admin;
}
