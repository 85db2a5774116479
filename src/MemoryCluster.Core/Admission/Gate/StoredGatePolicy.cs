namespace MemoryCluster.Admission.Gate;

/// <summary>A policy as it is stored.</summary>
internal sealed record StoredGatePolicy(
    long Version, long Parent, SortedDictionary<string, double> Weights, double CalibrationSlope, double CalibrationOffset, double AdmitProbability,
    double CandidateProbability, double Exploration)
{
    public static StoredGatePolicy Of(GatePolicy policy) => new(
        policy.Version, policy.Parent, FeatureWeights.ByName(policy.Weights), policy.CalibrationSlope, policy.CalibrationOffset, policy.AdmitProbability,
        policy.CandidateProbability, policy.Exploration);

    public GatePolicy ToPolicy() => new()
    {
        Version = Version, Parent = Parent, CalibrationSlope = CalibrationSlope, CalibrationOffset = CalibrationOffset, AdmitProbability = AdmitProbability,
        CandidateProbability = CandidateProbability, Exploration = Exploration, Weights = FeatureWeights.InOrder(Weights),
    };
}
