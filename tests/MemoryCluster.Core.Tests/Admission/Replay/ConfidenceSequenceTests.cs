using MemoryCluster.Admission.Replay;

namespace MemoryCluster.Core.Tests.Admission.Replay;

public sealed class ConfidenceSequenceTests
{
    [Fact]
    public void Nothing_IsKnownBeforeTheFirst()
    {
        var sequence = new ConfidenceSequence(0.05);

        Assert.Equal(EffectEstimate.Unknown, sequence.Estimate);
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(0.5, 12)]
    [InlineData(0.2, 32)]
    public void EqualGains_ShowAnEffect_AfterSoMany(double gain, int looks)
    {
        var sequence = new ConfidenceSequence(0.05);
        while (sequence.Lower <= 0)
        {
            sequence.Add(gain);
            Assert.True(sequence.Count <= looks, $"{sequence.Count} looks at a gain of {gain} leave {sequence.Lower}.");
        }

        Assert.InRange(sequence.Upper, sequence.Lower, 1);
        Assert.Equal(gain, sequence.Mean, 12);
    }

    [Fact]
    public void Bounds_MirrorTheDifferences()
    {
        double[] differences = [0.4, -0.1, 1, 0, -0.6, 0.3, 0.3];
        var (one, other) = (new ConfidenceSequence(0.1), new ConfidenceSequence(0.1));
        foreach (var difference in differences)
        {
            one.Add(difference);
            other.Add(-difference);
        }

        Assert.Equal(one.Lower, -other.Upper, 9);
        Assert.Equal(one.Upper, -other.Lower, 9);
    }

    // Ville: of many sequences at most alpha may ever leave the mean out, however often one looks. 5 % of 2,000 are 100; 138 would be four
    // standard deviations above that.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 0.8)]
    [InlineData(0.05, -0.9)]
    public void TheMean_IsHardlyEverLeftOut_AtAnyLook(double chance, double mean)
    {
        var random = new Random(7);
        var missed = 0;
        for (var run = 0; run < 2_000; run++)
        {
            var sequence = new ConfidenceSequence(0.05);
            for (var look = 0; look < 40 && sequence.Lower <= mean && sequence.Upper >= mean; look++)
            {
                sequence.Add(random.NextDouble() < chance ? 1 : -1);
            }

            missed += sequence.Lower > mean || sequence.Upper < mean ? 1 : 0;
        }

        Assert.InRange(missed, 0, 138);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.01)]
    [InlineData(-1.01)]
    public void DifferenceOutsideItsRange_IsRefused(double difference) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidenceSequence(0.05).Add(difference));
}
