using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Core.Tests.Admission.Gate;

public sealed class GateTrainerTests
{
    private static readonly GatePolicy Even = Steps.Policy() with { Exploration = 1 };

    [Fact]
    public void StepsThatOthersUse_AreAdmitted_AndOthersDropped()
    {
        var policy = Trained(Steps.Log(Even, groups: 300, seed: 1)).Publish(Even, 2) with { Exploration = 0 };

        Assert.Equal(GateVerdict.Admit, LearnedGate.Decide(policy, Steps.Features((GateFeature.ReadingTool, 1), (GateFeature.OutputLength, 0.5f)), 0.5).Verdict);
        Assert.True(LearnedGate.Score(policy.Weights.AsSpan(), Steps.Features((GateFeature.OutputLength, 0.5f))) < 0);
    }

    [Fact]
    public void SameLog_GivesTheSamePolicy_ToTheLastBit()
    {
        var log = Steps.Log(Even, groups: 20, seed: 2);

        Assert.Equal(GateJson.Write(Trained(log).State), GateJson.Write(Trained(log).State));
    }

    [Fact]
    public void Training_ResumedFromItsStoredState_GivesTheSameBits()
    {
        var log = Steps.Log(Even, groups: 20, seed: 3);
        var interrupted = Trained([.. log.Take(7)]);
        var resumed = new GateTrainer(GateJson.ReadTraining(GateJson.Write(interrupted.State)), new GateTrainerOptions());
        foreach (var group in log.Skip(7))
        {
            resumed.Learn(group);
        }

        Assert.Equal(GateJson.Write(Trained(log).State), GateJson.Write(resumed.State));
    }

    [Fact]
    public void Probability_IsHowOftenStepsOfItsKindWereUsed()
    {
        var log = Steps.Log(Even with { AdmitProbability = 0, Exploration = 0 }, groups: 60, seed: 4);

        var policy = Trained(log).Publish(Even, 2);

        Assert.Equal(0.9, Probability(policy, reads: 1), 0.08);
        Assert.Equal(0.1, Probability(policy, reads: 0), 0.08);
    }

    [Fact]
    public void RunThatEarnedMoreThanItsGroup_SpeaksForItsDecisions()
    {
        var trainer = new GateTrainer(GateTrainerState.Of(Steps.Policy()), new GateTrainerOptions { Sparsity = 0 });

        trainer.Learn([Run(1, GateFeature.ReadingTool), Run(0, GateFeature.ChangingTool)]);

        var weights = trainer.State.Weights;
        Assert.True(weights[(int)GateFeature.ReadingTool] > 0);
        Assert.True(weights[(int)GateFeature.ChangingTool] < 0);
    }

    [Fact]
    public void UseInARunThatEarnedNothing_IsNoCredit()
    {
        var earned = Learned(1, Steps.Step(GateVerdict.Admit, uses: 1));
        var failed = Learned(0, Steps.Step(GateVerdict.Admit, uses: 1));

        Assert.True(earned > 0);
        Assert.True(failed < 0);
    }

    [Fact]
    public void DroppedStep_ThatOthersTookAgain_SpeaksForKeeping() =>
        Assert.True(Learned(1, Steps.Step(GateVerdict.Drop) with { Repeats = 2 }) > 0);

    [Fact]
    public void KeptStep_ThatWasContradicted_SpeaksAgainstKeeping() =>
        Assert.True(Learned(1, Steps.Step(GateVerdict.Admit, uses: 1) with { Contradictions = 1 }) < 0);

    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    public void Replay_TeachesByItsSign(double effect) =>
        Assert.Equal(Math.Sign(effect), Math.Sign(Learned(1, Steps.Step(GateVerdict.Candidate) with { ReplayEffect = effect })));

    [Fact]
    public void StepsLoggedBeforeAFeatureWasAdded_StillTeach()
    {
        GateRun Older(GateRun run) => run with { Steps = [.. run.Steps.Select(step => step with { Features = step.Features[..20] })] };
        IReadOnlyList<IReadOnlyList<GateRun>> log = [.. Steps.Log(Even, groups: 4, seed: 5).Select(group => group.Select(Older).ToArray())];

        var policy = Trained(log).Publish(Even, 2);

        Assert.Contains(policy.Weights, weight => weight != 0);
        Assert.True(double.IsFinite(new OffPolicy(log, new GateTrainerOptions()).Evaluate(policy).DoublyRobust.Value));
    }

    [Fact]
    public void KeepingWhatNobodyUses_HasItsPrice() => Assert.True(Learned(1, Steps.Step(GateVerdict.Admit)) < 0);

    private static GateTrainer Trained(IReadOnlyList<IReadOnlyList<GateRun>> log)
    {
        var trainer = new GateTrainer(GateTrainerState.Of(Even), new GateTrainerOptions());
        foreach (var group in log)
        {
            trainer.Learn(group);
        }

        return trainer;
    }

    private static double Probability(GatePolicy policy, float reads) =>
        LearnedGate.Decide(policy, Steps.Features((GateFeature.ReadingTool, reads), (GateFeature.OutputLength, 0.5f)), 0.5).Probability;

    private static GateRun Run(double earned, GateFeature feature) => new(earned, [Steps.Step(GateVerdict.Admit, values: (feature, 1))]);

    private static double Learned(double earned, GateStep step)
    {
        var trainer = new GateTrainer(GateTrainerState.Of(Steps.Policy()), new GateTrainerOptions());
        trainer.Learn([new GateRun(earned, [step])]);
        return trainer.State.Weights[(int)GateFeature.Bias];
    }
}
