namespace MemoryCluster.Simulations.Checking;

/// <summary>A promise that was broken.</summary>
/// <param name="Rule">Which.</param>
/// <param name="What">By what.</param>
internal sealed record Violation(Rule Rule, string What);
