using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Core.Tests.Admission.Gate;

/// <summary>Makes steps, policies and logs for tests of the gate.</summary>
internal static class Steps
{
    public static GatePolicy Policy(params (GateFeature Feature, double Weight)[] weights)
    {
        var values = new double[GateFeatures.Count];
        foreach (var (feature, weight) in weights)
        {
            values[(int)feature] = weight;
        }

        return new GatePolicy { Version = 1, Weights = [.. values] };
    }

    public static float[] Features(params (GateFeature Feature, float Value)[] values)
    {
        var features = new float[GateFeatures.Count];
        features[(int)GateFeature.Bias] = 1;
        foreach (var (feature, value) in values)
        {
            features[(int)feature] = value;
        }

        return features;
    }

    public static GateStep Step(GateVerdict verdict, int uses = 0, double propensity = 1, params (GateFeature Feature, float Value)[] values) =>
        new() { Features = [.. Features(values)], Verdict = verdict, Propensity = propensity, Uses = uses };

    /// <summary>
    /// Groups of three runs of ten steps, written by a policy that explores: steps that read are used by others nine times in ten, others
    /// once in ten.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<GateRun>> Log(GatePolicy policy, int groups, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, groups).Select(_ => (IReadOnlyList<GateRun>)
            [
                .. Enumerable.Range(0, 3).Select(_ => new GateRun(1, [.. Enumerable.Range(0, 10).Select(_ => LoggedStep(policy, random))])),
            ]),
        ];
    }

    private static GateStep LoggedStep(GatePolicy policy, Random random)
    {
        var reads = random.Next(2);
        var features = Features((GateFeature.ReadingTool, reads), (GateFeature.OutputLength, random.NextSingle()));
        var decision = LearnedGate.Decide(policy, features, random.NextDouble());
        var kept = decision.Verdict != GateVerdict.Drop;
        var isUsed = random.NextDouble() < (reads == 1 ? 0.9 : 0.1);
        return new GateStep
        {
            Features = [.. features], Verdict = decision.Verdict, Propensity = decision.Propensity, Uses = kept && isUsed ? 1 : 0,
        };
    }
}
