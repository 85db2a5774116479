using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Core.Tests.Admission.Gate;

public sealed class LearnedGateTests
{
    [Theory]
    [InlineData(-1f, GateVerdict.Admit)]
    [InlineData(-2f, GateVerdict.Candidate)]
    [InlineData(-3f, GateVerdict.Drop)]
    public void Probability_BesideTheThresholds_IsTheVerdict(float score, GateVerdict verdict)
    {
        var decision = LearnedGate.Decide(Steps.Policy((GateFeature.Step, 1)), Steps.Features((GateFeature.Step, score)), 0.5);

        Assert.Equal((verdict, false), (decision.Verdict, decision.Explored));
    }

    [Fact]
    public void Propensity_IsHowOftenEvenlyDrawnNumbersGiveTheVerdict()
    {
        var policy = Steps.Policy((GateFeature.Bias, 1)) with { Exploration = 0.3 };
        const int Draws = 3_000;

        var decisions = Enumerable.Range(0, Draws).Select(draw => LearnedGate.Decide(policy, Steps.Features(), (draw + 0.5) / Draws)).ToArray();

        foreach (var group in decisions.GroupBy(decision => decision.Verdict))
        {
            Assert.Equal(group.First().Propensity, (double)group.Count() / Draws, 9);
        }

        Assert.Equal(3, decisions.Select(decision => decision.Verdict).Distinct().Count());
        Assert.Equal(0.3, (double)decisions.Count(decision => decision.Explored) / Draws, 9);
    }

    [Fact]
    public void WithoutExploration_ChanceDecidesNothing()
    {
        var policy = Steps.Policy((GateFeature.Bias, 1)) with { Exploration = 0 };

        var decision = LearnedGate.Decide(policy, Steps.Features(), 0);

        Assert.Equal((GateVerdict.Admit, 1.0, false), (decision.Verdict, decision.Propensity, decision.Explored));
    }

    [Fact]
    public void Probability_FollowsTheCalibration()
    {
        var policy = Steps.Policy((GateFeature.Bias, 2)) with { CalibrationSlope = 0.5, CalibrationOffset = -1 };

        var decision = LearnedGate.Decide(policy, Steps.Features(), 0.5);

        Assert.Equal(0.5, decision.Probability, 12);
    }

    [Fact]
    public void Number_OutsideItsRange_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearnedGate.Decide(GatePolicies.Initial, Steps.Features(), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearnedGate.Decide(GatePolicies.Initial, Steps.Features(), -0.1));
    }
}
