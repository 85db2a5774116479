namespace MemoryCluster.Grains.Tests.Teams;

public sealed class TeamGrainTests(TestClusterFixture fixture) : ClusterTests(fixture)
{
    [Fact]
    public async Task Outcome_CountsOnce_AlsoForWhatAnotherTeamShared()
    {
        var (red, blue) = (new TeamId("credit-red"), new TeamId("credit-blue"));
        await Cluster.PutTeamAsync(red, Scout);
        await Cluster.PutTeamAsync(blue, Mason);
        var own = await Cluster.RememberAsync(red, Scout, TestCluster.Draft("The glacier path is closed."));
        var foreign = await Cluster.RememberAsync(blue, Mason, TestCluster.Draft("The glacier guide is called Ines.", Visibility.Shared));
        var caller = TestCluster.CallerOf(red, Scout);
        var answer = await Cluster.RecallAsync(caller, "glacier");
        var outcome = new RecallOutcome { Recall = answer.Id, Reward = 1 };

        var first = await Cluster.TeamOf(red).RecordOutcomeAsync(caller, outcome, default);
        await Cluster.TeamOf(red).RecordOutcomeAsync(caller, outcome, default);

        Assert.True(first);
        foreach (var id in new[] { own.Id, foreign.Id })
        {
            var memory = await Cluster.Memories.GetAsync(id, caller, default);
            Assert.Equal((1, 1.0), (memory!.Utility.Uses, memory.Utility.RewardSum));
        }
    }

    [Fact]
    public async Task OutcomeThatNamesItsRun_CreditsWhatEachHitAddedToIt_InWhateverTeamItLies()
    {
        var (red, blue) = (new TeamId("replay-red"), new TeamId("replay-blue"));
        await Cluster.PutTeamAsync(red, Scout);
        await Cluster.PutTeamAsync(blue, Mason);
        var idle = await Cluster.RememberAsync(red, Scout, TestCluster.Draft("The harbour of Visby has cranes."));
        var told = await Cluster.RememberAsync(blue, Mason, TestCluster.Draft("The ferry to Visby leaves at nine from pier four.", Visibility.Shared));
        var caller = TestCluster.CallerOf(red, Scout);
        var run = (await Cluster.ControllerOf(red).SubmitRunAsync(
            new RunDraft
            {
                Agent = Scout, Task = "Book a crossing", Input = "", Outcome = new RunOutcome { Reward = 1 }, WrittenBy = caller.Key,
                Steps =
                [
                    new RunStep { Agent = Scout, Summary = "When does the ferry to Visby leave?", Output = "The ferry to Visby leaves at nine from pier four." },
                ],
            },
            null,
            default)).Run.Id;
        var answer = await Cluster.RecallAsync(caller, "Visby ferry harbour");
        var outcome = new RecallOutcome { Recall = answer.Id, Reward = 0.4, Used = [idle.Id, told.Id], Run = run };

        await Cluster.TeamOf(red).RecordOutcomeAsync(caller, outcome, default);
        await Cluster.TeamOf(red).RecordOutcomeAsync(caller, outcome, default);

        var utilities = new List<(double, long, long)>();
        foreach (var id in new[] { idle.Id, told.Id })
        {
            var utility = (await Cluster.Memories.GetAsync(id, caller, default))!.Utility;
            utilities.Add((Math.Round(utility.Credit, 3), utility.Uses, utility.Replayed));
        }

        Assert.Equal((0.0, 1L, 1L), utilities[0]);
        Assert.InRange(utilities[1].Item1, 0.5, 1);
        Assert.Equal((1L, 1L), (utilities[1].Item2, utilities[1].Item3));
    }

    [Fact]
    public async Task OutcomeThatNamesARunThatIsNotThere_IsSplitByOutcomes()
    {
        var team = new TeamId("replay-none");
        await Cluster.PutTeamAsync(team, Scout);
        MemoryId[] ids =
        [
            (await Cluster.RememberAsync(team, Scout, TestCluster.Draft("The lighthouse of Skagen is grey."))).Id,
            (await Cluster.RememberAsync(team, Scout, TestCluster.Draft("The lighthouse keeper of Skagen is Ida."))).Id,
        ];
        var caller = TestCluster.CallerOf(team, Scout);
        var answer = await Cluster.RecallAsync(caller, "lighthouse of Skagen");

        await Cluster.TeamOf(team).RecordOutcomeAsync(
            caller, new RecallOutcome { Recall = answer.Id, Reward = 1, Used = [.. ids], Run = new RunId("nowhere") }, default);

        var utility = (await Cluster.Memories.GetAsync(ids[0], caller, default))!.Utility;
        Assert.Equal((1L, 0L), (utility.Uses, utility.Replayed));
        Assert.Equal(0.25, utility.Credit, 6);
    }

    [Fact]
    public async Task OutcomeOfAnotherKeysRecall_IsUnknown()
    {
        var team = new TeamId("keyed");
        await Cluster.PutTeamAsync(team, Scout);
        await Cluster.RememberAsync(team, Scout, TestCluster.Draft("The crane lifts nine tons."));
        var caller = TestCluster.CallerOf(team, Scout);
        var answer = await Cluster.RecallAsync(caller, "crane");
        var stranger = caller with { Key = new KeyId(new Guid(9, 9, 9, new byte[8])) };

        var known = await Cluster.TeamOf(team).RecordOutcomeAsync(stranger, new RecallOutcome { Recall = answer.Id, Reward = 1 }, default);

        Assert.False(known);
    }

    [Fact]
    public async Task List_PagesFromNewestToOldest()
    {
        var team = new TeamId("listed");
        await Cluster.PutTeamAsync(team, Scout);
        var caller = TestCluster.CallerOf(team, Scout);
        var written = await Cluster.RememberManyAsync(
            team, Scout, Enumerable.Range(0, 5).Select(i => TestCluster.Draft($"Entry {i}.") with { Kind = MemoryKind.Event }));
        var ids = written.Select(outcome => outcome.Unwrap().Id).OrderDescending().ToArray();

        var first = await Cluster.TeamOf(team).ListAsync(caller, new MemoryListQuery { Limit = 3 }, default);
        var second = await Cluster.TeamOf(team).ListAsync(caller, new MemoryListQuery { Limit = 3, Before = first.Items[^1].Id }, default);

        Assert.Equal(ids, first.Items.Concat(second.Items).Select(memory => memory.Id));
        Assert.Equal((true, false), (first.HasMore, second.HasMore));
    }

    [Fact]
    public async Task Forget_TakesWhatMatches_AndLeavesTheRest()
    {
        var team = new TeamId("forgetful");
        await Cluster.PutTeamAsync(team, Scout, Mason);
        var gone = await Cluster.RememberAsync(team, Scout, TestCluster.Draft("Scouts write this."));
        var kept = await Cluster.RememberAsync(team, Mason, TestCluster.Draft("Masons write that."));
        var caller = TestCluster.CallerOf(team, Scout);

        var receipt = await Cluster.TeamOf(team).ForgetAsync(caller, new ForgetCommand { Team = team, Agent = Scout }, default);

        Assert.Equal(gone.Id, Assert.Single(receipt.Deleted));
        Assert.Null(await Cluster.Memories.GetAsync(gone.Id, caller, default));
        Assert.NotNull(await Cluster.Memories.GetAsync(kept.Id, caller, default));
    }

    [Fact]
    public async Task TeamThatIsNotThere_IsNull() => Assert.Null(await Cluster.TeamOf(new TeamId("void")).DescribeAsync(default));
}
