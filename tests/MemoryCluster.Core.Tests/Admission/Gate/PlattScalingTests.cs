using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Core.Tests.Admission.Gate;

public sealed class PlattScalingTests
{
    [Fact]
    public void Fit_FindsTheOddsThatMadeTheLabels()
    {
        var random = new Random(5);
        var scored = Enumerable.Range(0, 20_000).Select(_ => (random.NextDouble() * 4) - 2)
            .Select(score => (score, random.NextDouble() < 1 / (1 + Math.Exp(-((2 * score) - 1)))))
            .ToArray();

        var (slope, offset) = PlattScaling.Fit(scored);

        Assert.Equal(2, slope, 0.1);
        Assert.Equal(-1, offset, 0.1);
    }

    [Fact]
    public void Fit_OfLabelsThatAreAllAlike_LeavesTheScoreAsItIs() =>
        Assert.Equal((1, 0), PlattScaling.Fit([(1, true), (2, true)]));

    [Fact]
    public void Fit_OfScoresThatRankTheWrongWayRound_GivesTheMeanAndNotTheirReverse()
    {
        var (slope, offset) = PlattScaling.Fit([(-2, true), (-1, true), (1, false), (2, false)]);

        Assert.Equal((0, 0), (slope, Math.Round(offset, 12)));
    }

    [Fact]
    public void Fit_OfScoresThatPartTheLabels_StaysFinite()
    {
        var (slope, offset) = PlattScaling.Fit([(-2, false), (-1, false), (1, true), (2, true)]);

        Assert.True(double.IsFinite(slope) && double.IsFinite(offset) && slope > 0);
    }
}
