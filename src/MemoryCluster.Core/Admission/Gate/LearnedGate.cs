namespace MemoryCluster.Admission.Gate;

/// <summary>Decides whether a step is kept: the calibrated chance of its use beside two thresholds, with exploration.</summary>
/// <remarks>A pure function: the same policy, features and number give the same decision, so a log of them reproduces every decision.</remarks>
public static class LearnedGate
{
    private const int Verdicts = 3;

    /// <param name="uniform">A number drawn evenly from 0 (included) to 1 (excluded).</param>
    public static GateDecision Decide(GatePolicy policy, ReadOnlySpan<float> features, double uniform)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(uniform, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(uniform, 1);
        var probability = Probability(policy, Score(policy.Weights.AsSpan(), features));
        var preferred = Preferred(policy, probability);
        var explored = uniform < policy.Exploration;
        var verdict = explored ? (GateVerdict)(1 + Math.Min(Verdicts - 1, (int)(uniform / policy.Exploration * Verdicts))) : preferred;
        return new GateDecision(verdict, probability, Propensity(policy, preferred, verdict), explored, policy.Version);
    }

    /// <summary>Chance that the policy takes a verdict on a step.</summary>
    public static double Propensity(GatePolicy policy, ReadOnlySpan<float> features, GateVerdict verdict) =>
        Propensity(policy, Preferred(policy, Probability(policy, Score(policy.Weights.AsSpan(), features))), verdict);

    /// <summary>The weighted sum of the features; above 0 the gradient speaks for keeping.</summary>
    public static double Score(ReadOnlySpan<double> weights, ReadOnlySpan<float> features)
    {
        // One order and no vector instructions: the sum is the same to the last bit wherever it is taken.
        var score = 0.0;
        var count = Math.Min(weights.Length, features.Length);
        for (var index = 0; index < count; index++)
        {
            score += weights[index] * features[index];
        }

        return score;
    }

    /// <summary>The calibrated chance that another run uses a step of this score.</summary>
    public static double Probability(GatePolicy policy, double score) =>
        1 / (1 + Math.Exp(-((policy.CalibrationSlope * score) + policy.CalibrationOffset)));

    private static GateVerdict Preferred(GatePolicy policy, double probability) =>
        probability >= policy.AdmitProbability ? GateVerdict.Admit
        : probability >= policy.CandidateProbability ? GateVerdict.Candidate
        : GateVerdict.Drop;

    private static double Propensity(GatePolicy policy, GateVerdict preferred, GateVerdict verdict) =>
        (policy.Exploration / Verdicts) + (verdict == preferred ? 1 - policy.Exploration : 0);
}
