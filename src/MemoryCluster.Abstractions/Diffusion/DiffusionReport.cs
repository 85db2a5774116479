namespace MemoryCluster;

/// <summary>What a pass changed.</summary>
/// <param name="Changed">The lines of the ledger that stand differently now.</param>
[GenerateSerializer, Immutable, Alias("mc.DiffusionReport")]
public sealed record DiffusionReport([property: Id(0)] ImmutableArray<DiffusionEntry> Changed);
