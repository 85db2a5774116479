namespace MemoryCluster.Admission.Gate;

/// <summary>What a policy would have earned a decision on the log of another, by three estimators.</summary>
/// <param name="InversePropensity">Unbiased, and wide where the policies differ.</param>
/// <param name="SelfNormalised">The same divided by the sum of its weights: slightly biased, narrower.</param>
/// <param name="DoublyRobust">A model of the rewards, corrected by the log: right if either the propensities or the model are.</param>
/// <param name="Decisions">Logged decisions.</param>
/// <param name="EffectiveDecisions">As how many decisions of its own the log counts (Kish).</param>
public sealed record GateEvaluation(
    GateEstimate InversePropensity, GateEstimate SelfNormalised, GateEstimate DoublyRobust, int Decisions, double EffectiveDecisions);
