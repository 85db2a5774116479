namespace MemoryCluster.LoadTests.Measuring;

/// <summary>Looks for the highest rate of an open loop that a server keeps up with, by raising the rate until it no longer does.</summary>
/// <param name="offer">Offers that many requests a second for a while, and tells how it went.</param>
internal sealed class CapacitySearch(Func<double, RateStep> offer)
{
    // Of what is offered; the rest is the wait for the last answers and chance.
    private const double SustainedShareMin = 0.97;

    private const double FirstShare = 0.5;
    private const double Growth = 1.15;
    private const int FailedStepsMax = 2;
    private const int StepsMax = 20;

    /// <param name="closedLoopPerSecond">What a closed loop of many callers reached: about where the capacity must lie.</param>
    public IReadOnlyList<RateStep> Run(double closedLoopPerSecond)
    {
        var steps = new List<RateStep>();
        for (var share = FirstShare; steps.Count < StepsMax && steps.Count(tried => !tried.IsSustained) < FailedStepsMax; share *= Growth)
            steps.Add(offer(closedLoopPerSecond * share));
        return steps;
    }

    /// <summary>The highest sustained rate, as it was achieved; of the first step if none was.</summary>
    public static double CapacityOf(IReadOnlyList<RateStep> steps) =>
        steps.Where(tried => tried.IsSustained).Select(tried => tried.AchievedPerSecond).DefaultIfEmpty(steps[0].AchievedPerSecond).Max();

    /// <summary>Whether what was achieved is what was offered, but for chance.</summary>
    public static bool IsSustained(double offeredPerSecond, double achievedPerSecond, long failed) =>
        failed == 0 && achievedPerSecond >= SustainedShareMin * offeredPerSecond;
}
