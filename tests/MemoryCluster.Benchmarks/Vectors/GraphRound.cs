namespace MemoryCluster.Benchmarks.Vectors;

/// <summary>One pass over all queries.</summary>
/// <param name="Recall">Share of the true ten nearest that were found.</param>
/// <param name="Seconds">CPU time of the pass.</param>
internal readonly record struct GraphRound(double Recall, double Seconds);
