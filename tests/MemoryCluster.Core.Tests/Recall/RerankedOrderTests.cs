using MemoryCluster.Recall;

namespace MemoryCluster.Core.Tests.Recall;

public sealed class RerankedOrderTests
{
    [Fact]
    public void Order_IsScoreTimesWeight_TiesById()
    {
        var hits = RerankedOrder.Of([Hit(4, 9), Hit(3, 8), Hit(2, 7, weight: 4), Hit(1, 6)], [0.5f, 0.5f, 0.25f, 0.5f]);

        Assert.Equal([2, 1, 3, 4], Ids(hits));
        Assert.Equal([1, 0.5, 0.5, 0.5], hits.Select(hit => hit.Score));
        Assert.Equal([0.25f, 0.5f, 0.5f, 0.5f], hits.Select(hit => hit.Reranker));
    }

    [Fact]
    public void LargerWeight_HelpsBelow0Too()
    {
        var hits = RerankedOrder.Of([Hit(1, 9), Hit(2, 8, weight: 2), Hit(3, 7, weight: 0)], [-1, -1, -1]);

        Assert.Equal([2, 1, 3], Ids(hits));
        Assert.All(hits, hit => Assert.True(double.IsFinite(hit.Score)));
    }

    [Fact]
    public void WhatWasNotScored_KeepsItsOrderBehind_AndScoresStillFall()
    {
        var hits = RerankedOrder.Of([Hit(1, 9), Hit(2, 8), Hit(3, 7), Hit(4, 5)], [0.1f, 0.2f]);

        Assert.Equal([2, 1, 3, 4], Ids(hits));
        Assert.Equal([0.2f, 0.1f, null, null], hits.Select(hit => hit.Reranker));
        Assert.Equal(hits.OrderByDescending(hit => hit.Score), hits);
        Assert.Equal(2, hits[2].Score - hits[3].Score, 10);
    }

    [Fact]
    public void WhatStandsBelowAlready_KeepsItsScore()
    {
        var hits = RerankedOrder.Of([Hit(1, 0.9), Hit(2, 0.1)], [0.5f]);

        Assert.Equal([0.5, 0.1], hits.Select(hit => hit.Score));
    }

    [Fact]
    public void NoScores_LeaveTheOrderAsItIs()
    {
        ImmutableArray<RecallHit> fused = [Hit(1, 2), Hit(2, 1)];

        Assert.Equal(fused, RerankedOrder.Of(fused, []));
    }

    [Fact]
    public void MoreScoresThanHits_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RerankedOrder.Of([Hit(1, 1)], [1, 2]));

    private static IEnumerable<int> Ids(ImmutableArray<RecallHit> hits) => hits.Select(hit => (int)hit.Memory.Seq);

    private static RecallHit Hit(int number, double fused, double weight = 1) => 
        new(Memories.Numbered(number), fused, new ChannelScores { Utility = (float)weight });
}
