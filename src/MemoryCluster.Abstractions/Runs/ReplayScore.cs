namespace MemoryCluster;

/// <summary>How one replay went.</summary>
/// <param name="Reward">0 to 1.</param>
/// <param name="Tokens">Tokens read.</param>
/// <param name="LatencyMs">Time taken, where it was measured.</param>
[GenerateSerializer, Immutable, Alias("mc.ReplayScore")]
public readonly record struct ReplayScore([property: Id(0)] double Reward, [property: Id(1)] long Tokens, [property: Id(2)] double? LatencyMs);
