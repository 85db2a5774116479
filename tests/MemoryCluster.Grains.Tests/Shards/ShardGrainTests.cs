using MemoryCluster.Shards;

namespace MemoryCluster.Grains.Tests.Shards;

public sealed class ShardGrainTests(TestClusterFixture fixture) : IClassFixture<TestClusterFixture>
{
    private static readonly AgentId Scout = new("scout");
    private readonly TestCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task ShardOfNoTeam_IsNotFound_AndMakesNoStore()
    {
        var shard = new ShardId(TestCluster.Tenant, new TeamId("phantom"), 0);

        var fault = await Faults.OfAsync(() => ShardOf(shard).GetStatisticsAsync(default));

        Assert.Equal("team_not_found", fault.Code);
        await using var store = await _cluster.Stores.OpenAsync(StoreId.For(shard), default);
        Assert.Equal(1, store.Epoch);
    }

    [Fact]
    public async Task FencedShard_OpensAnew_AndLosesNothing()
    {
        var team = new TeamId("fenced");
        await _cluster.PutTeamAsync(team, Scout);
        var before = await _cluster.RememberAsync(team, Scout, TestCluster.Draft("The gate code is on the fridge."));
        var taken = await _cluster.Stores.OpenAsync(StoreId.For(new ShardId(TestCluster.Tenant, team, 0)), default);
        await taken.DisposeAsync();

        var after = await _cluster.RememberAsync(team, Scout, TestCluster.Draft("The spare key hangs in the shed."));

        Assert.Equal(Decision.Admitted, after.Decision);
        Assert.True(after.Seq > before.Seq);
        var caller = TestCluster.CallerOf(team, Scout);
        Assert.NotNull(await _cluster.Memories.GetAsync(before.Id, caller, default));
        Assert.NotNull(await _cluster.Memories.GetAsync(after.Id, caller, default));
    }

    [Fact]
    public async Task FencedShard_AnswersARecall()
    {
        var team = new TeamId("fenced-recall");
        await _cluster.PutTeamAsync(team, Scout);
        var written = await _cluster.RememberAsync(team, Scout, TestCluster.Draft("The ferry leaves at dawn."));
        var taken = await _cluster.Stores.OpenAsync(StoreId.For(new ShardId(TestCluster.Tenant, team, 0)), default);
        await taken.DisposeAsync();

        var answer = await _cluster.RecallAsync(TestCluster.CallerOf(team, Scout), "when does the ferry leave");

        Assert.Equal(written.Id, Assert.Single(answer.Hits).Memory.Id);
        Assert.False(answer.Partial);
    }

    private IShardGrain ShardOf(ShardId shard) => _cluster.Grains.GetGrain<IShardGrain>(GrainKey.Of(shard));
}
