using MemoryCluster.LoadTests.Reports;

namespace MemoryCluster.LoadTests.Tests.Reports;

public sealed class ReportComparisonTests
{
    [Fact]
    public void ARunAgainstItself_HasNotChanged()
    {
        var changes = ReportComparison.Of(SampleReport.Make(), SampleReport.Make());

        Assert.Equal(3 * 3, changes.Count);
        Assert.All(changes, change => Assert.Equal((1, false), (change.Ratio, change.IsBeyondNoise)));
    }

    [Fact]
    public void TwiceAsSlow_IsSeen_AndTheGoodputIsAsItWas()
    {
        var changes = ReportComparison.Of(SampleReport.Make(), SampleReport.Make(slower: 2));

        Assert.All(changes.Where(change => change.Metric != "goodput"), change => Assert.InRange(change.Ratio, 1.9, 2.1));
        Assert.All(changes, change => Assert.Equal(change.Metric != "goodput", change.IsBeyondNoise));
    }

    [Fact]
    public void WhatVariesWithinItself_NeedsMoreToHaveChanged()
    {
        double[] wild = [10, 90, 15, 80, 12, 95, 20, 70, 11, 99];
        double[] wildAndHigher = [12, 100, 17, 88, 13, 105, 22, 77, 12, 109];
        double[] calm = [50, 50.2, 49.9, 50.1, 50, 49.8, 50.1, 50, 49.9, 50];
        double[] calmAndHigher = [55, 55.2, 54.9, 55.1, 55, 54.8, 55.1, 55, 54.9, 55];

        Assert.False(ReportComparison.Change("all", "p99", wild, wildAndHigher).IsBeyondNoise);
        var change = ReportComparison.Change("all", "p99", calm, calmAndHigher);
        Assert.True(change.IsBeyondNoise);
        Assert.Equal(1.1, change.Ratio, 2);
        Assert.InRange(change.Ratio, change.Low, change.High);
    }

    [Fact]
    public void Text_AndPage_SayTheSame_AndWarnOfWhatCannotBeCompared()
    {
        var (before, after) = (SampleReport.Make(), SampleReport.Make(slower: 2) with { RatePerSecond = 200, Target = "elsewhere" });

        var text = ComparisonText.ToMarkdown(before, after);
        var page = ComparisonText.ToPage(before, after);

        Assert.Contains("The rates differ", text, StringComparison.Ordinal);
        Assert.Contains("not of one scenario on one target", text, StringComparison.Ordinal);
        Assert.Contains("| recall | p50 |", text, StringComparison.Ordinal);
        Assert.Contains("| all | refused, failed | 50, 50 | 50, 50 |", text, StringComparison.Ordinal);
        Assert.Contains("<td>recall</td><td>p50</td>", page, StringComparison.Ordinal);
        Assert.Contains("The rates differ", page, StringComparison.Ordinal);
    }
}
