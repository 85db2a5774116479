using MemoryCluster.Shards;

namespace MemoryCluster.Grains.Tests.Shards;

public sealed class ShardGrainTests(TestClusterFixture fixture) : ClusterTests(fixture)
{
    [Fact]
    public async Task ShardOfNoTeam_IsNotFound_AndMakesNoStore()
    {
        var shard = new ShardId(TestCluster.Tenant, new TeamId("phantom"), 0);

        var fault = await Faults.OfAsync(() => ShardOf(shard).GetStatisticsAsync(0, default));

        Assert.Equal("team_not_found", fault.Code);
        await using var store = await Cluster.Stores.OpenAsync(StoreId.For(shard), default);
        Assert.Equal(1, store.Epoch);
    }

    [Fact]
    public async Task FencedShard_OpensAnew_AndLosesNothing()
    {
        var team = new TeamId("fenced");
        await Cluster.PutTeamAsync(team, Scout);
        var before = await Cluster.RememberAsync(team, Scout, TestCluster.Draft("The gate code is on the fridge."));
        var taken = await Cluster.Stores.OpenAsync(StoreId.For(new ShardId(TestCluster.Tenant, team, 0)), default);
        await taken.DisposeAsync();

        var after = await Cluster.RememberAsync(team, Scout, TestCluster.Draft("The spare key hangs in the shed."));

        Assert.Equal(Decision.Admitted, after.Decision);
        Assert.True(after.Seq > before.Seq);
        var caller = TestCluster.CallerOf(team, Scout);
        Assert.NotNull(await Cluster.Memories.GetAsync(before.Id, caller, default));
        Assert.NotNull(await Cluster.Memories.GetAsync(after.Id, caller, default));
    }

    [Fact]
    public async Task FencedShard_AnswersARecall()
    {
        var team = new TeamId("fenced-recall");
        await Cluster.PutTeamAsync(team, Scout);
        var written = await Cluster.RememberAsync(team, Scout, TestCluster.Draft("The ferry leaves at dawn."));
        var taken = await Cluster.Stores.OpenAsync(StoreId.For(new ShardId(TestCluster.Tenant, team, 0)), default);
        await taken.DisposeAsync();

        var answer = await Cluster.RecallAsync(TestCluster.CallerOf(team, Scout), "when does the ferry leave");

        Assert.Equal(written.Id, Assert.Single(answer.Hits).Memory.Id);
        Assert.False(answer.Partial);
    }

    private IShardGrain ShardOf(ShardId shard) => Cluster.Grains.GetGrain<IShardGrain>(GrainKey.Of(shard));
}
