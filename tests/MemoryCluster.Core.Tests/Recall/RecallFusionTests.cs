using MemoryCluster.Core.Tests.Shards;
using MemoryCluster.Recall;

namespace MemoryCluster.Core.Tests.Recall;

public sealed class RecallFusionTests
{
    private static readonly RecallQuery Query = new() { Team = ShardHarness.Team, Caller = ShardHarness.Everything.Caller, Text = "q", K = 3 };

    [Fact]
    public void Page_HoldsTheBestOfAllShards_TiesById()
    {
        var page = RecallFusion.Fuse([Answer((4, 1), (2, 0.5)), Answer((1, 2), (3, 1), (5, 0.1))], Query);

        Assert.Equal([1, 3, 4], page.Select(hit => (int)hit.Memory.Seq));
    }

    [Fact]
    public void Shards_OfDifferentSizes_RankAGoodHitBeforeAPoorOne()
    {
        var (small, large) = (Shard(3), Shard(300));
        small.Put(Memories.Numbered(1, "the old harbour of Malden will burn down"), null);
        large.Put(Memories.Numbered(2, "a harbour"), null);
        var query = Query with { Text = "When did the old harbour of Malden burn down?" };

        var page = RecallFusion.Fuse([Search(large, query), Search(small, query)], query);

        Assert.Equal(1, page[0].Memory.Seq);
    }

    [Fact]
    public void Share_OfEveryChannel_IsInTheScore()
    {
        var shares = new ChannelScores { Vector = 1, Lexical = 2, Graph = 0.5f, Temporal = 0.25f };

        Assert.True(RankingModel.Score(1, shares) > RankingModel.Score(1, shares with { Temporal = 0 }));
        Assert.Equal(2 * RankingModel.Score(1, shares), RankingModel.Score(2, shares), 10);
        Assert.Equal(Math.E * RankingModel.Score(1, shares), RankingModel.Score(1, shares with { Graph = 1.5f }), 10);
    }

    [Fact]
    public void EveryFeature_BelongsToOneChannel()
    {
        foreach (var feature in Enum.GetValues<Feature>().Where(feature => feature != Feature.End))
        {
            var features = new float[(int)Feature.End];
            features[(int)feature] = 1;
            var shares = RankingModel.Shares(features);

            Assert.Single(new[] { shares.Vector, shares.Lexical, shares.Graph, shares.Temporal }, share => share != 0);
        }
    }

    private static ShardAnswer Search(MemoryCluster.Shards.ShardState state, RecallQuery query) =>
        ShardSearch.Run(state, new ShardQuery(query, [], 0), ShardHarness.Everything, 0, DateTimeOffset.UnixEpoch);

    private static MemoryCluster.Shards.ShardState Shard(int fillers)
    {
        var state = new MemoryCluster.Shards.ShardState(ShardHarness.Model);
        for (var i = 0; i < fillers; i++)
        {
            state.Put(Memories.Numbered(1_000 + i, $"filler number {i} about harbours{i}"), null);
        }

        return state;
    }

    private static ShardAnswer Answer(params (int Id, double Score)[] hits) =>
        new([.. hits.Select(hit => new RecallHit(Memories.Numbered(hit.Id), hit.Score, default))], 0, RecallChannels.All, []);
}
