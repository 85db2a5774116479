using System.Globalization;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>What of a run is told in sentences.</summary>
internal static class ReportNotes
{
    public static IEnumerable<string> Of(LoadReport report)
    {
        foreach (var (what, count) in report.Problems.OrderByDescending(problem => problem.Value))
            yield return Text($"{count:N0} x {what}");
        if (report.Writes is { } writes)
        {
            // Rule of three (Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?", 1983).
            var bound = writes.Lost == 0 ? Text($" (95 % bound {3.0 / writes.LookedAt:G2})") : "";
            yield return Text($"{writes.Acknowledged:N0} writes acknowledged, {writes.LookedAt:N0} looked at by id afterwards: {writes.Lost:N0} lost{bound}");
        }

        foreach (var kill in report.Kills)
            yield return Text($"killed {kill.Process} at {kill.Second:F0} s: ready again after {kill.ReadyAfterSeconds:F1} s, last failure after {kill.LastFailureAfterSeconds:F1} s");
        foreach (var process in report.Processes.GroupBy(reading => reading.Process))
        {
            yield return Text($"{process.Key}: {process.First().Megabytes:N0} MB at first, {process.Max(reading => reading.Megabytes):N0} MB at most, {process.Last().Megabytes:N0} MB last; {process.First().Handles:N0} to {process.Last().Handles:N0} handles, at most {process.Max(reading => reading.Handles):N0}");
        }

        if (ProcessTrends.MemoryGrowth(report.Processes) is { } growth)
            yield return Text($"memory of all processes: at most {growth:F2} times what it was at first");
        if (report.Seconds >= 600 && ProcessTrends.MemorySlopePercentPerHour(report.Processes) is { } slope)
            yield return Text($"memory's steepest slope after warm-up: {slope:F2} % an hour; handles': {ProcessTrends.HandleSlopePercentPerHour(report.Processes):F2} % an hour");
        foreach (var (what, value) in report.Counts)
            yield return Text($"{what}: {value:N0}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
