using System.Globalization;
using MemoryCluster.LoadTests.Reports;
using MemoryCluster.LoadTests.Walk;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>More and more of the capacity, then half of it again.</summary>
internal static class OverloadPhases
{
    private const string Over = "at-150";
    private const double GoodputShareMin = 0.9;
    private const double RefusalMsMax = 50;
    private const double MemoryGrowthMax = 1.5;

    private static readonly (string Name, double Share)[] Phases = [("at-50", 0.5), ("at-80", 0.8), ("at-100", 1), (Over, 1.5), ("after", 0.5)];

    /// <param name="capacity">What is 100 %.</param>
    public static IReadOnlyList<LoadStream> Streams(double capacity, TimeSpan duration, int teams)
    {
        var length = duration / Phases.Length;
        return [.. Phases.SelectMany((phase, number) =>
            AllScenarios.Mixed($"{phase.Name}.", capacity * phase.Share, length * number, length * (number + 1), AllScenarios.Any(teams)))];
    }

    public static IEnumerable<Threshold> Demands(LoadReport report)
    {
        var peak = Phases.Max(phase => Of(report, phase.Name).GoodputPerSecond);
        var over = Of(report, Over);
        var share = over.GoodputPerSecond / peak;
        yield return Demand(
            $"goodput at 150 % at least {100 * GoodputShareMin:F0} % of the peak", $"{100 * share:F0} % ({over.GoodputPerSecond:F0} of {peak:F0}/s)", share >= GoodputShareMin);
        yield return Demand(
            $"99 % of refusals in under {RefusalMsMax:F0} ms", $"{over.Refusal.P99Ms:F1} ms, longest {over.Refusal.MaxMs:F1} ms, of {over.Refused:N0}",
            over.Refused > 0 && over.Refusal.P99Ms < RefusalMsMax);
        yield return Demand($"every refusal says when to come again", $"{over.RefusedWithoutRetryAfter:N0} do not", over.RefusedWithoutRetryAfter == 0);
        if (MemoryGrowth(report) is { } growth)
            yield return Demand($"memory at and after 150 % under {MemoryGrowthMax:F1} times the most before", $"{growth:F2} times", growth < MemoryGrowthMax);
    }

    private static double? MemoryGrowth(LoadReport report)
    {
        var from = report.Seconds * Array.FindIndex(Phases, phase => phase.Name == Over) / Phases.Length;
        ILookup<bool, double> totals = report.Processes.GroupBy(reading => reading.Second)
            .ToLookup(moment => moment.Key >= from, moment => moment.GroupBy(reading => reading.Process).Sum(process => process.Last().Megabytes));
        return totals[false].Any() && totals[true].Any() ? totals[true].Max() / totals[false].Max() : null;
    }

    private static StreamFigures Of(LoadReport report, string phase) => report.Streams.First(stream => stream.Name == phase);

    private static Threshold Demand(FormattableString demand, FormattableString reading, bool isMet) =>
        new(demand.ToString(CultureInfo.InvariantCulture), reading.ToString(CultureInfo.InvariantCulture), isMet);
}
