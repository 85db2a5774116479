namespace MemoryCluster.Grains.Tests.Teams;

public sealed class TeamGrainTests(TestClusterFixture fixture) : IClassFixture<TestClusterFixture>
{
    private static readonly AgentId Scout = new("scout");
    private static readonly AgentId Mason = new("mason");
    private readonly TestCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Outcome_CountsOnce_AlsoForWhatAnotherTeamShared()
    {
        var (red, blue) = (new TeamId("credit-red"), new TeamId("credit-blue"));
        await _cluster.PutTeamAsync(red, Scout);
        await _cluster.PutTeamAsync(blue, Mason);
        var own = await _cluster.RememberAsync(red, Scout, TestCluster.Draft("The glacier path is closed."));
        var foreign = await _cluster.RememberAsync(blue, Mason, TestCluster.Draft("The glacier guide is called Ines.", Visibility.Shared));
        var caller = TestCluster.CallerOf(red, Scout);
        var answer = await _cluster.RecallAsync(caller, "glacier");
        var outcome = new RecallOutcome { Recall = answer.Id, Reward = 1 };

        var first = await _cluster.TeamOf(red).RecordOutcomeAsync(caller, outcome, default);
        await _cluster.TeamOf(red).RecordOutcomeAsync(caller, outcome, default);

        Assert.True(first);
        foreach (var id in new[] { own.Id, foreign.Id })
        {
            var memory = await _cluster.Memories.GetAsync(id, caller, default);
            Assert.Equal((1, 1.0), (memory!.Utility.Uses, memory.Utility.RewardSum));
        }
    }

    [Fact]
    public async Task OutcomeOfAnotherKeysRecall_IsUnknown()
    {
        var team = new TeamId("keyed");
        await _cluster.PutTeamAsync(team, Scout);
        await _cluster.RememberAsync(team, Scout, TestCluster.Draft("The crane lifts nine tons."));
        var caller = TestCluster.CallerOf(team, Scout);
        var answer = await _cluster.RecallAsync(caller, "crane");
        var stranger = caller with { Key = new KeyId(new Guid(9, 9, 9, new byte[8])) };

        var known = await _cluster.TeamOf(team).RecordOutcomeAsync(stranger, new RecallOutcome { Recall = answer.Id, Reward = 1 }, default);

        Assert.False(known);
    }

    [Fact]
    public async Task List_PagesFromNewestToOldest()
    {
        var team = new TeamId("listed");
        await _cluster.PutTeamAsync(team, Scout);
        var caller = TestCluster.CallerOf(team, Scout);
        var written = await _cluster.RememberManyAsync(
            team, Scout, Enumerable.Range(0, 5).Select(i => TestCluster.Draft($"Entry {i}.") with { Kind = MemoryKind.Event }));
        var ids = written.Select(outcome => outcome.Unwrap().Id).OrderDescending().ToArray();

        var first = await _cluster.TeamOf(team).ListAsync(caller, new MemoryListQuery { Limit = 3 }, default);
        var second = await _cluster.TeamOf(team).ListAsync(caller, new MemoryListQuery { Limit = 3, Before = first.Items[^1].Id }, default);

        Assert.Equal(ids, first.Items.Concat(second.Items).Select(memory => memory.Id));
        Assert.Equal((true, false), (first.HasMore, second.HasMore));
    }

    [Fact]
    public async Task Forget_TakesWhatMatches_AndLeavesTheRest()
    {
        var team = new TeamId("forgetful");
        await _cluster.PutTeamAsync(team, Scout, Mason);
        var gone = await _cluster.RememberAsync(team, Scout, TestCluster.Draft("Scouts write this."));
        var kept = await _cluster.RememberAsync(team, Mason, TestCluster.Draft("Masons write that."));
        var caller = TestCluster.CallerOf(team, Scout);

        var receipt = await _cluster.TeamOf(team).ForgetAsync(caller, new ForgetCommand { Team = team, Agent = Scout }, default);

        Assert.Equal(gone.Id, Assert.Single(receipt.Deleted));
        Assert.Null(await _cluster.Memories.GetAsync(gone.Id, caller, default));
        Assert.NotNull(await _cluster.Memories.GetAsync(kept.Id, caller, default));
    }

    [Fact]
    public async Task TeamThatIsNotThere_IsNull() => Assert.Null(await _cluster.TeamOf(new TeamId("void")).DescribeAsync(default));
}
