using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Evaluation.Admission;

/// <summary>A gate taught which steps are useful: the trainer that ships, on a log in which chance decided evenly.</summary>
internal static class AdmissionGate
{
    private const int Epochs = 20;

    public static GatePolicy Train(IReadOnlyList<AdmissionStep> steps, Func<AdmissionStep, bool> isUseful, int seed)
    {
        var random = new Random(seed);
        var policy = GatePolicies.Initial with { Weights = [.. new double[GateFeatures.Count]], CalibrationSlope = 1, CalibrationOffset = 0 };
        var trainer = new GateTrainer(GateTrainerState.Of(policy), new GateTrainerOptions());
        var tasks = steps.GroupBy(step => step.Task).ToArray();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(tasks);
            foreach (var task in tasks)
            {
                trainer.Learn([new GateRun(1, [.. task.SelectMany(step => BothVerdicts(step, isUseful(step)))])]);
            }
        }

        return trainer.Publish(policy, policy.Version + 1);
    }

    public static double Probability(GatePolicy policy, AdmissionStep step) =>
        LearnedGate.Probability(policy, LearnedGate.Score(policy.Weights.AsSpan(), step.Features));

    // What the steps of a log were good for is known whatever is decided on them, so both verdicts teach: half the variance of a draw.
    private static IEnumerable<GateStep> BothVerdicts(AdmissionStep step, bool isUseful) =>
    [
        new() { Features = [.. step.Features], Verdict = GateVerdict.Admit, Propensity = 0.5, Uses = isUseful ? 1 : 0 },
        new() { Features = [.. step.Features], Verdict = GateVerdict.Drop, Propensity = 0.5, Repeats = isUseful ? 1 : 0 },
    ];
}
