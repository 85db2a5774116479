using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Shards;

public sealed class OutcomeTests
{
    private ulong _recalls;

    [Fact]
    public async Task WhatHelped_RanksAboveWhatHarmed_AlsoAfterReopening()
    {
        await using var shard = await StartAsync();
        var harmful = (await shard.RememberAsync("rotate the key with the script")).Id;
        shard.Clock.Advance(TimeSpan.FromSeconds(1));
        var helpful = (await shard.RememberAsync("rotate the key with the console")).Id;
        Assert.Equal(harmful, (await shard.RecallAsync("rotate the key"))[0].Memory.Id);

        await ReportAsync(shard, 1, helpful);
        await ReportAsync(shard, 0, harmful);
        var page = await shard.RecallAsync("rotate the key");
        await shard.ReopenAsync();
        var again = await shard.RecallAsync("rotate the key");

        Assert.Equal(helpful, page[0].Memory.Id);
        Assert.Equal(page.Select(hit => (hit.Memory.Id, hit.Score)), again.Select(hit => (hit.Memory.Id, hit.Score)));
    }

    [Fact]
    public async Task EqualQueries_GiveEqualPages_WhateverTimePasses()
    {
        await using var shard = await StartAsync();
        await ReportAsync(shard, 1, (await shard.RememberAsync("alpha one")).Id);
        shard.Clock.Advance(TimeSpan.FromDays(40));
        await ReportAsync(shard, 1, (await shard.RememberAsync("alpha two")).Id);
        var page = await shard.RecallAsync("alpha");

        shard.Clock.Advance(TimeSpan.FromDays(400));

        Assert.Equal(page.Select(hit => (hit.Memory.Id, hit.Score)), (await shard.RecallAsync("alpha")).Select(hit => (hit.Memory.Id, hit.Score)));
    }

    [Fact]
    public async Task SharesOfOneOutcome_SumUpToWhatItWasAboveTheAverage()
    {
        await using var shard = await StartAsync();
        MemoryId[] ids = [(await shard.RememberAsync("alpha")).Id, (await shard.RememberAsync("beta")).Id, (await shard.RememberAsync("gamma")).Id];

        await ReportAsync(shard, 1, ids);

        var credits = await Task.WhenAll(ids.Select(async id => (await shard.GetAsync(id))!.Utility.Credit));
        Assert.Equal(0.5, credits.Sum(), 12);
        Assert.All(credits, credit => Assert.Equal(credits[0], credit));
    }

    [Fact]
    public async Task WhatFallsToOtherShards_IsToldAgain_ByAnOwnerThatNeverSawTheRecall()
    {
        await using var shard = await StartAsync();
        var own = (await shard.RememberAsync("alpha")).Id;
        var foreign = new MemoryId(new Guid(9, 0, 0, new byte[8]));
        var outcome = new RecallOutcome { Recall = Note(shard, null, own, foreign), Reward = 1, Used = [own, foreign] };
        var told = await shard.Engine.RecordOutcomeAsync(outcome, Key, default);

        await shard.ReopenAsync();
        var again = await shard.Engine.RecordOutcomeAsync(outcome, Key, default);

        Assert.Equal(foreign, Assert.Single(told!.Value).Id);
        Assert.Equal(told.Value, again!.Value.AsEnumerable());
        Assert.Equal(1, (await shard.GetAsync(own))!.Utility.Uses);
    }

    [Fact]
    public async Task SharesThatWereMeasuredByReplay_AreTakenAsTheyAre_AndTold()
    {
        await using var shard = await StartAsync();
        MemoryId[] ids = [(await shard.RememberAsync("alpha")).Id, (await shard.RememberAsync("beta")).Id];
        var foreign = new MemoryId(new Guid(9, 0, 0, new byte[8]));
        var outcome = new RecallOutcome
        {
            Recall = Note(shard, null, [.. ids, foreign]), Reward = 1, Used = [.. ids, foreign],
            Basis = [new CreditBasis(ids[0], new(), 0.75), new CreditBasis(ids[1], new(), -0.5), new CreditBasis(foreign, new(), 0.25)],
        };

        var elsewhere = await shard.Engine.RecordOutcomeAsync(outcome, Key, default);
        var again = await shard.Engine.RecordOutcomeAsync(outcome with { Basis = null }, Key, default);
        await shard.ReopenAsync();

        var utilities = await Task.WhenAll(ids.Select(async id => (await shard.GetAsync(id))!.Utility));
        Assert.Equal([(0.75, 1L, 1L), (-0.5, 1, 1)], utilities.Select(utility => (utility.Credit, utility.Uses, utility.Replayed)));
        Assert.Equal(new MemoryCredit(foreign, 1, 0.25, null, ByReplay: true), Assert.Single(elsewhere!.Value));
        Assert.Equal(elsewhere.Value, again!.Value.AsEnumerable());
        Assert.Equal(elsewhere.Value, (await shard.Engine.RecordOutcomeAsync(outcome, Key, default))!.Value.AsEnumerable());
    }

    [Fact]
    public async Task WhereOneCouldNotBeMeasured_NoneIs()
    {
        await using var shard = await StartAsync();
        MemoryId[] ids = [(await shard.RememberAsync("alpha")).Id, (await shard.RememberAsync("beta")).Id];
        var basis = new CreditBasis(ids[0], new(), 0.75);

        await shard.Engine.RecordOutcomeAsync(
            new RecallOutcome { Recall = Note(shard, null, ids), Reward = 1, Used = [.. ids], Basis = [basis] }, Key, default);

        Assert.Equal((0.25, 0L), (await shard.GetAsync(ids[0]))!.Utility is var utility ? (utility.Credit, utility.Replayed) : default);
    }

    [Fact]
    public async Task WhatAnothersMemoryHasShownInItsOwnTeam_CountsInTheSplit()
    {
        var credits = new List<double>();
        foreach (var shown in new[] { new MemoryUtility(), new MemoryUtility { Trials = 40, Credit = 16 } })
        {
            await using var shard = await StartAsync();
            var own = (await shard.RememberAsync("alpha")).Id;
            var foreign = new MemoryId(new Guid(9, 0, 0, new byte[8]));
            var outcome = new RecallOutcome { Recall = Note(shard, null, own, foreign), Reward = 1, Used = [own, foreign] };
            await shard.Engine.RecordOutcomeAsync(outcome with { Basis = [new CreditBasis(foreign, shown, null)] }, Key, default);
            credits.Add((await shard.GetAsync(own))!.Utility.Credit);
        }

        Assert.Equal(0.25, credits[0], 12);
        Assert.InRange(credits[1], 0, 0.2);
    }

    [Fact]
    public async Task WholePageTakenForUsed_CreditsItsFirstHitsMore()
    {
        await using var shard = await StartAsync();
        MemoryId[] ids = [(await shard.RememberAsync("alpha")).Id, (await shard.RememberAsync("beta")).Id];
        var recall = Note(shard, null, ids);

        await shard.Engine.RecordOutcomeAsync(new RecallOutcome { Recall = recall, Reward = 1 }, Key, default);

        Assert.True((await shard.GetAsync(ids[0]))!.Utility.Credit > (await shard.GetAsync(ids[1]))!.Utility.Credit);
    }

    [Fact]
    public async Task Companion_OfWhatAlwaysHelps_EarnsLittle_AndTheLogOutlivesARestart()
    {
        var credits = new List<double>();
        foreach (var reopens in new[] { false, true })
        {
            await using var shard = await StartAsync();
            MemoryId[] ids = [(await shard.RememberAsync("alpha")).Id, (await shard.RememberAsync("beta")).Id];
            for (var i = 0; i < 6; i++)
            {
                await ReportAsync(shard, 1, ids[0]);
                await ReportAsync(shard, 0, (await shard.RememberAsync($"other {i}")).Id);
            }

            if (reopens)
            {
                await shard.ReopenAsync();
            }

            await ReportAsync(shard, 1, ids);
            credits.Add((await shard.GetAsync(ids[1]))!.Utility.Credit);
        }

        Assert.InRange(credits[0], -0.1, 0.1);
        Assert.Equal(credits[0], credits[1]);
    }

    [Fact]
    public async Task WhatUseHasShownNotToHelp_IsArchived_WithAReason_AndComesBackWhenSaidAgain()
    {
        await using var shard = await StartAsync();
        var id = (await shard.RememberAsync("turn it off and on")).Id;
        for (var i = 0; i < 5; i++)
        {
            Assert.Single(await shard.RecallAsync("turn it off"));
            await ReportAsync(shard, 0, id);
        }

        var pruned = (await shard.GetAsync(id))!;
        Assert.Equal((MemoryState.Archived, "pruned_by_use"), (pruned.State, pruned.Archive!.Reason));
        Assert.Empty(await shard.RecallAsync("turn it off"));
        await shard.ReopenAsync();
        Assert.Empty(await shard.RecallAsync("turn it off"));

        var said = await shard.RememberAsync("turn it off and on");

        Assert.Equal((Decision.Merged, id), (said.Decision, said.Id));
        Assert.Equal((MemoryState.Active, null), (await shard.GetAsync(id))! is var back ? (back.State, back.Archive) : default);
        Assert.Single(await shard.RecallAsync("turn it off"));
    }

    [Fact]
    public async Task WhereEverythingFails_FailingIsNotTheMemorysFault()
    {
        await using var shard = await StartAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i => (await shard.RememberAsync($"hard task {i}")).Id));
        var one = (await shard.RememberAsync("the one that fails like all")).Id;
        for (var round = 0; round < 12; round++)
        {
            foreach (var id in ids)
            {
                await ReportAsync(shard, 0.1, id);
            }

            await ReportAsync(shard, 0.15, one);
        }

        var memory = (await shard.GetAsync(one))!;
        Assert.True(memory.State == MemoryState.Active && memory.Utility.RewardSum / memory.Utility.Uses < 0.5, $"{memory.State} {memory.Utility}");
    }

    [Fact]
    public async Task StageOfTheRecall_IsLearned_AndAskedFor()
    {
        await using var shard = await StartAsync();
        MemoryId[] ids = [(await shard.RememberAsync("alpha draft hint")).Id, (await shard.RememberAsync("alpha other hint")).Id];
        await shard.Engine.RecordOutcomeAsync(new RecallOutcome { Recall = Note(shard, "draft", ids), Reward = 1, Used = [ids[1]] }, Key, default);
        await shard.Engine.RecordOutcomeAsync(
            new RecallOutcome { Recall = Note(shard, "draft", ids), Reward = 0, Used = [ids[1]], Stage = "refine" }, Key, default);
        var like = new RecallQuery { Team = Team, Caller = Everything.Caller, Text = "", K = 1 };

        var drafting = (await shard.RecallAsync("alpha", 10, like with { Stage = "draft" })).Single(hit => hit.Memory.Id == ids[1]);
        var refining = (await shard.RecallAsync("alpha", 10, like with { Stage = "refine" })).Single(hit => hit.Memory.Id == ids[1]);
        var other = (await shard.RecallAsync("alpha", 10, like)).Single(hit => hit.Memory.Id == ids[1]);

        Assert.True(drafting.Score > other.Score && other.Score > refining.Score, $"{drafting.Score} {other.Score} {refining.Score}");
    }

    private async Task ReportAsync(ShardHarness shard, double reward, params MemoryId[] used) =>
        await shard.Engine.RecordOutcomeAsync(new RecallOutcome { Recall = Note(shard, null, used), Reward = reward, Used = [.. used] }, Key, default);

    private RecallId Note(ShardHarness shard, string? stage, params MemoryId[] hits)
    {
        var recall = RecallId.New(shard.Clock.GetUtcNow(), ++_recalls, 7);
        shard.Engine.NoteRecall(new RecallNote(recall, Key, [.. hits]) { Stage = stage });
        return recall;
    }
}
