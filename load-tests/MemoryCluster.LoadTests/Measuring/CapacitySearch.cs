namespace MemoryCluster.LoadTests.Measuring;

/// <summary>Looks for the highest rate of an open loop that a server keeps up with, by raising the rate until it no longer does.</summary>
internal sealed class CapacitySearch(Callers callers, byte[][] requests, TimeSpan step, Random random)
{
    // Of what is offered; the rest is the wait for the last answers and chance.
    private const double SustainedShareMin = 0.97;

    private const double FirstShare = 0.5;
    private const double Growth = 1.15;
    private const int FailedStepsMax = 2;

    /// <param name="closedLoopPerSecond">What a closed loop of many callers reached: about where the capacity must lie.</param>
    public IReadOnlyList<RateStep> Run(double closedLoopPerSecond)
    {
        var steps = new List<RateStep>();
        for (var share = FirstShare; steps.Count(tried => !tried.IsSustained) < FailedStepsMax; share *= Growth)
            steps.Add(Try(closedLoopPerSecond * share));
        return steps;
    }

    /// <summary>The highest sustained rate, as it was achieved; of the first step if none was.</summary>
    public static double CapacityOf(IReadOnlyList<RateStep> steps) =>
        steps.Where(tried => tried.IsSustained).Select(tried => tried.AchievedPerSecond).DefaultIfEmpty(steps[0].AchievedPerSecond).Max();

    private RateStep Try(double perSecond)
    {
        var arrivals = ArrivalSchedule.Exponential(perSecond, step, random);
        var result = callers.Open(requests, arrivals);
        var offered = arrivals.Length / arrivals[^1].TotalSeconds;
        return new RateStep(
            offered, result.PerSecond, result.Latency.Percentile(0.5).TotalMilliseconds, result.Latency.Percentile(0.99).TotalMilliseconds,
            result.Failed == 0 && result.PerSecond >= SustainedShareMin * offered);
    }
}
