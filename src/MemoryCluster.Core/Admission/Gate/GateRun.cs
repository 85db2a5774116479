namespace MemoryCluster.Admission.Gate;

/// <summary>A run's decisions in their order, and what the run earned: the paper's R, 0 or more.</summary>
public sealed record GateRun(double Return, ImmutableArray<GateStep> Steps);
