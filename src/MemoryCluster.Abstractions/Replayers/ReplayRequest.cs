namespace MemoryCluster;

/// <summary>A run's task to be done again. The request with a memory and the one without differ in the memory and in the id alone.</summary>
public sealed record ReplayRequest
{
    /// <summary>The same whenever this very request is repeated, and tells nothing of what it asks.</summary>
    public required string Id { get; init; }

    public required string Task { get; init; }

    public required string Input { get; init; }

    public required ImmutableArray<long> Seeds { get; init; }

    /// <summary>The right answer, where it is known.</summary>
    public required string? Expected { get; init; }

    /// <summary>The memory's text, which nobody has vouched for; null where the run is replayed without one.</summary>
    public required string? Memory { get; init; }

    /// <summary>The request as one JSON document: the same run and memory give the same bytes.</summary>
    public required string Body { get; init; }

    /// <summary>The first 128 bits of the SHA-256 over <see cref="Body"/> in UTF-8.</summary>
    public required Guid Fingerprint { get; init; }
}
