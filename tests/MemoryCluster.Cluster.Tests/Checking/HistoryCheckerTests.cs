using MemoryCluster.Cluster.Tests.Histories;
using MemoryCluster.LoadTests.Checking;
using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.Cluster.Tests.Checking;

/// <summary>A checker that finds nothing proves nothing unless it finds what is there, and nothing else.</summary>
public sealed class HistoryCheckerTests
{
    public static TheoryData<string, string, string> Bad
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (what, rule, tale) in BadHistories.All)
                data.Add(what, rule, tale);
            return data;
        }
    }

    public static TheoryData<string, string> Good
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (what, tale) in GoodHistories.All)
                data.Add(what, tale);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void BadHistory_IsFlagged(string what, string rule, string tale)
    {
        var verdict = HistoryChecker.Check(Tale.Of(tale));

        Assert.True(verdict.Violations.Any(violation => violation.Rule == rule), $"{what} was not found {rule}, but: {string.Join("; ", verdict.Violations)}");
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void GoodHistory_Passes(string what, string tale)
    {
        var verdict = HistoryChecker.Check(Tale.Of(tale));

        Assert.True(verdict.Holds, $"{what}: {string.Join("; ", verdict.Violations)}");
    }

    [Fact]
    public void Key_IsJudgedAlone()
    {
        var verdict = HistoryChecker.Check(Tale.Of("1 0-10 create k a = 1; 1 20-30 create l a = 1; 1 40-50 read k = 1 a; 1 60-70 read l = absent"));

        Assert.Equal("l", Assert.Single(verdict.Violations).Key);
        Assert.Equal((2, 1), (verdict.Keys, verdict.KeysLinearizable));
    }

    [Fact]
    public void WhatWasNotRecorded_ProvesNothing()
    {
        var verdict = HistoryChecker.Check(Tale.Of("1 0-10 create k a = 1") with { NotRecorded = 3 });

        Assert.Empty(verdict.Violations);
        Assert.False(verdict.Holds);
    }

    [Fact]
    public void MoreOperationsThanTheLimit_AreUndecided_AndNoPass()
    {
        var history = Tale.Of("1 0-10 create k a = 1; 1 20-30 read k = 1 a; 1 40-50 read k = 1 a");

        var verdict = HistoryChecker.Check(history, new LinearizabilityChecker(operationsMax: 2));

        Assert.Contains("3 operations", Assert.Single(verdict.Undecided), StringComparison.Ordinal);
        Assert.True(HistoryChecker.Check(history, new LinearizabilityChecker(operationsMax: 3)).Holds);
    }

    [Fact]
    public void SearchBeyondItsWork_IsUndecided_AndNoPass()
    {
        var history = Tale.Of("1 0-10 create k a = 1; 1 20-30 read k = 1 a; 1 40-50 read k = 1 a");

        var verdict = HistoryChecker.Check(history, new LinearizabilityChecker(stepsMax: 1));

        Assert.Empty(verdict.Violations);
        Assert.False(verdict.Holds);
    }

    /// <summary>At the limit of operations on one memory, each beside some others, a third of them of unknown outcome.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void LongHistory_IsDecided(int seed)
    {
        var operations = new RandomHistory(new Random(seed)).Of(LinearizabilityChecker.OperationsMaxDefault, spread: 20, unknownShare: 0.33);

        Assert.Equal(Linearizable.Yes, new LinearizabilityChecker().Check(operations));
        var read = operations.Last(operation => operation is { Kind: OperationKind.Read, Outcome: OperationOutcome.Ok });
        var broken = operations.Select(operation => operation == read ? read with { Text = "never written" } : operation);
        Assert.Equal(Linearizable.No, new LinearizabilityChecker().Check(broken));
    }
}
