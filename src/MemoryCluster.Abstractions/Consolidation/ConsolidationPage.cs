namespace MemoryCluster;

/// <summary>A page of consolidations.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="HasMore">Whether older ones follow.</param>
[GenerateSerializer, Immutable, Alias("mc.ConsolidationPage")]
public sealed record ConsolidationPage([property: Id(0)] ImmutableArray<ConsolidationEntry> Items, [property: Id(1)] bool HasMore);
