namespace MemoryCluster.Admission.Gate;

/// <summary>A decision and what it takes to learn from it: logged beside the step's features.</summary>
/// <param name="Probability">Calibrated chance that another run uses the step, 0 to 1.</param>
/// <param name="Propensity">Chance that this policy took this verdict, above 0.</param>
/// <param name="Explored">Whether chance chose the verdict.</param>
public readonly record struct GateDecision(GateVerdict Verdict, double Probability, double Propensity, bool Explored, long PolicyVersion);
