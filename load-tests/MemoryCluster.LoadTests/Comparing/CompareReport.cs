using System.Globalization;
using System.Text;
using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Walk;

namespace MemoryCluster.LoadTests.Comparing;

/// <summary>One engine on one store.</summary>
/// <param name="PerSecond">Answered in a closed loop, by round.</param>
/// <param name="Ratio">That over the first variant's of the same round.</param>
/// <param name="P99Ms">In an open loop at one rate for all, by round.</param>
/// <param name="P99Ratio">That over the first variant's of the same round.</param>
/// <param name="NotSucceeded">Refused or failed in the open loops.</param>
internal sealed record CompareVariant(string Name, Spread PerSecond, Spread Ratio, Spread P99Ms, Spread P99Ratio, long NotSucceeded);

/// <summary>Engines and stores beside each other, measured in alternation.</summary>
internal sealed record CompareReport(
    string Machine, double? LoadAverage, int Rounds, double SliceSeconds, double OpenLoopPerSecond, IReadOnlyList<CompareVariant> Variants, Threshold Demand)
{
    public override string ToString()
    {
        var text = new StringBuilder();
        Line(text, $"mixed, {Rounds} rounds in alternation, {SliceSeconds:F0} s each; the open loop at {OpenLoopPerSecond:N0}/s; {Machine}, load average {LoadAverage:F1}");
        Line(text, $"");
        Line(text, $"| | throughput /s, median (least to most) | of the first | p99 ms at {OpenLoopPerSecond:N0}/s | of the first | refused or failed |");
        Line(text, $"| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var variant in Variants)
            Line(text, $"| {variant.Name} | {Whole(variant.PerSecond)} | {Ratio(variant.Ratio)} | {Fine(variant.P99Ms)} | {Ratio(variant.P99Ratio)} | {variant.NotSucceeded:N0} |");
        Line(text, $"");
        Line(text, $"| demand | reading | met |");
        Line(text, $"| --- | --- | --- |");
        Line(text, $"| {Demand.Demand} | {Demand.Reading} | {(Demand.IsMet ? "yes" : "NO")} |");
        return text.ToString();
    }

    private static string Whole(Spread spread) => Text($"{spread.Median:N0} ({spread.Min:N0} to {spread.Max:N0})");

    private static string Fine(Spread spread) => Text($"{spread.Median:F1} ({spread.Min:F1} to {spread.Max:F1})");

    private static string Ratio(Spread spread) => Text($"{spread.Median:F2} ({spread.Min:F2} to {spread.Max:F2})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(Text(line)).Append('\n');
}
