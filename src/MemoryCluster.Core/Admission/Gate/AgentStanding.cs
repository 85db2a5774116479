namespace MemoryCluster.Admission.Gate;

/// <summary>An agent's record so far: the steps it offered, how many were kept, how many of those others used, and what its runs earned.</summary>
public readonly record struct AgentStanding(long Steps, long Kept, long Used, long Runs, double Rewards);
