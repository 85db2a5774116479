namespace MemoryCluster;

/// <summary>How often a memory was used.</summary>
[GenerateSerializer, Immutable, Alias("mc.MemoryUse")]
public readonly record struct MemoryUse([property: Id(0)] MemoryId Memory, [property: Id(1)] long Uses);
