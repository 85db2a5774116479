namespace MemoryCluster.Simulations.Histories;

/// <summary>What a change may change of a memory.</summary>
internal sealed record Wording(string Text, Visibility Visibility);
