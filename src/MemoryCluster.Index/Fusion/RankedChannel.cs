namespace MemoryCluster.Index.Fusion;

/// <summary>One ranked list to be fused: different ordinals, best first, and how much the list's word counts.</summary>
public readonly record struct RankedChannel(ReadOnlyMemory<ScoredOrdinal> Hits, float Weight);
