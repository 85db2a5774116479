using System.Numerics;
using MemoryCluster.Utility;

namespace MemoryCluster.Core.Tests.Utility;

public sealed class JointCreditTests
{
    private const double HalfTrust = 4;

    [Fact]
    public void WithoutALog_TheSurpriseIsSpreadByPortion()
    {
        Assert.Equal([0.25, 0.25], Split(0.5, [0, 0], [1, 1]));
        Assert.Equal([0.375, 0.125], Split(0.5, [0, 0], [3, 1]));
    }

    [Fact]
    public void WhatHasShownItself_TakesItsPart_AndLeavesTheRest()
    {
        // The first alone explains the outcome: its companion earned nothing.
        Assert.Equal([0.5, 0], Split(0.5, [0.5, 0], [1, 1]));
        // It failed although the first is good: the newcomer is to blame more.
        var credits = Split(-0.5, [0.4, 0], [1, 1]);
        Assert.True(credits[1] < credits[0], string.Join(' ', credits));
    }

    [Fact]
    public void LoggedAlone_TheIdleCompanionLosesItsShare()
    {
        // Used alone eight times, the second of two earned the average, though nothing of that was told to the counters.
        var credits = Split(0.5, [0, 0], [1, 1], new Coalition(0b10, 8, 0.5));

        Assert.True(credits[0] > 0.25 && credits[1] < 0.25, string.Join(' ', credits));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Split_IsTheShapleyValueOfItsGame(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 40; round++)
        {
            var n = random.Next(1, 8);
            var average = random.NextDouble();
            var value = random.NextDouble() - average;
            var shown = Enumerable.Range(0, n).Select(_ => (random.NextDouble() - 0.5) / 4).ToArray();
            var portions = Enumerable.Range(0, n).Select(_ => 0.1 + random.NextDouble()).ToArray();
            var logged = Enumerable.Range(1, (1 << n) - 1).Where(_ => random.Next(3) == 0)
                .Select(members => new Coalition((ulong)members, random.Next(1, 9), random.NextDouble())).ToArray();

            var credits = Split(value, shown, portions, average, logged);

            var expected = Shapley(n, members => Worth(members, value, average, shown, portions, logged));
            Assert.Equal(value, expected.Sum(), 9);
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(Math.Clamp(expected[i], -1, 1), credits[i], 9);
            }
        }
    }

    [Fact]
    public void MoreThan64_AreSplitWithoutALog()
    {
        var credits = Split(0.5, new double[200], Enumerable.Repeat(1.0, 200).ToArray());

        Assert.All(credits, credit => Assert.Equal(0.0025, credit, 12));
    }

    private static double[] Split(double value, double[] shown, double[] portions, params Coalition[] logged) => Split(value, shown, portions, 0.5, logged);

    private static double[] Split(double value, double[] shown, double[] portions, double average, Coalition[] logged)
    {
        var credits = new double[shown.Length];
        JointCredit.Split(value, average, shown, portions, logged, credits);
        return credits;
    }

    // What a coalition would earn: the definition, coalition by coalition.
    private static double Worth(int members, double value, double average, double[] shown, double[] portions, Coalition[] logged)
    {
        var n = shown.Length;
        var surprise = value - shown.Sum();
        var additive = Enumerable.Range(0, n).Where(i => (members >> i & 1) != 0).Sum(i => shown[i] + (surprise * portions[i] / portions.Sum()));
        var whole = (1 << n) - 1;
        var seen = members == whole ? [] : logged.Where(coalition => coalition.Members == (ulong)members).ToArray();
        return seen.Aggregate(additive, (sum, coalition) =>
            sum + ((coalition.Reward - average - additive) * coalition.Outcomes / (coalition.Outcomes + HalfTrust)));
    }

    // Over all orders in which the players may come.
    private static double[] Shapley(int n, Func<int, double> worth)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var members = 0; members < 1 << n; members++)
            {
                if ((members >> i & 1) == 0)
                {
                    var size = BitOperations.PopCount((uint)members);
                    values[i] += Factorial(size) * Factorial(n - size - 1) / Factorial(n) * (worth(members | 1 << i) - worth(members));
                }
            }
        }

        return values;
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
