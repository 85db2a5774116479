using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>A process that was killed.</summary>
/// <param name="Second">When, from the run's begin.</param>
/// <param name="Process">Which.</param>
/// <param name="ReadyAfterSeconds">When it, started again, was ready.</param>
/// <param name="LastFailureAfterSeconds">When the last request was due that failed or was refused before the next kill; 0 where none was.</param>
internal sealed record KillFigures(double Second, string Process, double ReadyAfterSeconds, double LastFailureAfterSeconds)
{
    /// <param name="kills">What was killed when, and how long it took to be ready again.</param>
    /// <param name="samples">What became of the requests.</param>
    public static IReadOnlyList<KillFigures> Of(IReadOnlyList<(TimeSpan At, string Process, TimeSpan Ready)> kills, LoadSamples samples) =>
        [.. kills.Select((kill, number) => new KillFigures(
            Rounded(kill.At), kill.Process, Rounded(kill.Ready), Rounded(LastFailure(samples, kill.At, number + 1 < kills.Count ? kills[number + 1].At : TimeSpan.MaxValue))))];

    private static TimeSpan LastFailure(LoadSamples samples, TimeSpan from, TimeSpan to)
    {
        for (var i = samples.Count - 1; i >= 0; i--)
        {
            var due = samples.Plan[i].Due;
            if (due >= from && due < to && samples.Samples[i].Outcome != LoadOutcome.Succeeded)
                return due - from;
        }

        return TimeSpan.Zero;
    }

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalSeconds, 2);
}
