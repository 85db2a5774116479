namespace MemoryCluster.LoadTests.Walk;

/// <summary>A demand, what was read, and whether that meets it.</summary>
internal sealed record Threshold(string Demand, string Reading, bool IsMet);
