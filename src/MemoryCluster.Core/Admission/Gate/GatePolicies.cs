namespace MemoryCluster.Admission.Gate;

/// <summary>The policy that a team begins with.</summary>
public static partial class GatePolicies
{
    /// <summary>The same for every team and every start.</summary>
    public static GatePolicy Initial { get; } = new()
    {
        Version = 1, CalibrationSlope = Slope, CalibrationOffset = Offset,
        Weights = FeatureWeights.InOrder(Learned.ToDictionary(learned => FeatureWeights.NameOf(learned.Feature), learned => learned.Weight)),
    };
}
