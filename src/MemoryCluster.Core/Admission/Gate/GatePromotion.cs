namespace MemoryCluster.Admission.Gate;

/// <summary>Why a policy was put in force or not: its estimated difference to the one it would replace, a decision.</summary>
public sealed record GatePromotion(long Version, long Than, GateEstimate Difference, bool Promoted);
