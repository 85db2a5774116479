namespace MemoryCluster;

/// <summary>What a replay outside of the cluster was asked, and who answered.</summary>
/// <param name="Replayer">Under what name it is registered.</param>
/// <param name="Version">What replayed, in its own words; null where it did not say.</param>
/// <param name="RequestWithout">The first 128 bits of the SHA-256 over the request without the memory…</param>
/// <param name="RequestWith">…and over the one with it.</param>
/// <param name="Seeds">The run's seeds, the same for both.</param>
[GenerateSerializer, Immutable, Alias("mc.ReplayTrace")]
public sealed record ReplayTrace(
    [property: Id(0)] string Replayer,
    [property: Id(1)] string? Version,
    [property: Id(2)] Guid RequestWithout,
    [property: Id(3)] Guid RequestWith,
    [property: Id(4)] ImmutableArray<long> Seeds);
