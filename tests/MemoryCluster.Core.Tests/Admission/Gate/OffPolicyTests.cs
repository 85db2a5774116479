using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Core.Tests.Admission.Gate;

public sealed class OffPolicyTests
{
    private static readonly GateTrainerOptions Options = new();
    private static readonly GatePolicy Logging = Steps.Policy() with { Exploration = 0.6 };

    // Admits what reads and drops the rest: half of the steps, used nine times in ten.
    private static readonly GatePolicy Better =
        Steps.Policy((GateFeature.Bias, -3), (GateFeature.ReadingTool, 6)) with { Version = 2, Exploration = 0 };

    private static readonly GatePolicy Worse =
        Steps.Policy((GateFeature.Bias, 3), (GateFeature.ReadingTool, -6)) with { Version = 2, Exploration = 0 };

    private static readonly double BetterValue = 0.5 * ((0.9 * Options.UsageCredit) - Options.KeepingPrice);

    [Fact]
    public void Estimates_FromAnothersLog_CoverTheTrueValueAsOftenAsTheySay()
    {
        const int Logs = 200;
        var evaluations = Enumerable.Range(0, Logs).Select(seed => new OffPolicy(Steps.Log(Logging, groups: 40, seed), Options).Evaluate(Better)).ToArray();

        // 95 % of 200 is 190; 178 is four standard deviations below.
        Assert.InRange(evaluations.Count(evaluation => Covers(evaluation.InversePropensity)), 178, Logs);
        Assert.InRange(evaluations.Count(evaluation => Covers(evaluation.SelfNormalised)), 178, Logs);
        Assert.InRange(evaluations.Count(evaluation => Covers(evaluation.DoublyRobust)), 178, Logs);
    }

    [Fact]
    public void DoublyRobust_IsNarrowerThanInversePropensity()
    {
        var evaluation = new OffPolicy(Steps.Log(Logging, groups: 40, seed: 6), Options).Evaluate(Better);

        Assert.True(Width(evaluation.DoublyRobust) < Width(evaluation.InversePropensity));
    }

    [Fact]
    public void PolicyOnItsOwnLog_IsWorthWhatTheLogEarned()
    {
        var log = Steps.Log(Logging, groups: 10, seed: 7);
        var steps = log.SelectMany(group => group).SelectMany(run => run.Steps).ToArray();

        var evaluation = new OffPolicy(log, Options).Evaluate(Logging);

        Assert.Equal(steps.Average(step => OffPolicy.Reward(step, Options)), evaluation.InversePropensity.Value, 12);
        Assert.Equal(steps.Length, evaluation.EffectiveDecisions, 6);
    }

    [Fact]
    public void LogOfOneTask_TellsNothing()
    {
        var difference = new OffPolicy(Steps.Log(Logging, groups: 1, seed: 8), Options).Difference(Better, Logging);

        Assert.Equal(double.NegativeInfinity, difference.Low);
    }

    [Fact]
    public void BetterPolicy_IsPutInForce_AndAnEarlierOneMayBeAgain()
    {
        var (history, promotion) = History().Offer(Better, new OffPolicy(Steps.Log(Logging, groups: 40, seed: 9), Options));

        Assert.True(promotion.Promoted);
        Assert.Equal(2, history.ActiveVersion);
        Assert.Equal(1, history.RollBack(1).ActiveVersion);
        Assert.Equal(3, history.RollBack(1).NextVersion);
    }

    [Fact]
    public void WorsePolicy_IsNot()
    {
        var (history, promotion) = History().Offer(Worse, new OffPolicy(Steps.Log(Logging, groups: 40, seed: 10), Options));

        Assert.False(promotion.Promoted);
        Assert.Equal((1, 3), (history.ActiveVersion, history.NextVersion));
    }

    [Fact]
    public void VersionThatIsNotKept_CannotBeRolledBackTo() => Assert.Throws<ArgumentOutOfRangeException>(() => History().RollBack(7));

    private static GatePolicyHistory History() => new() { Policies = [Logging] };

    private static bool Covers(GateEstimate estimate) => estimate.Low <= BetterValue && BetterValue <= estimate.High;

    private static double Width(GateEstimate estimate) => estimate.High - estimate.Low;
}
