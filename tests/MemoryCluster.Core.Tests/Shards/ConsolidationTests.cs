using MemoryCluster.Access;
using MemoryCluster.Records;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;
using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Shards;

public sealed class ConsolidationTests
{
    private const int All = 1_000;

    private static readonly AgentId Ada = new("ada");
    private static readonly AgentId Ben = new("ben");
    private static readonly AgentId Cal = new("cal");
    private static readonly UserId Ann = new("ann");

    [Fact]
    public async Task WhatTwoAgentsSay_IsRecalledOnce()
    {
        await using var shard = await StartAsync();
        var first = await shard.RememberAsync("The deploy key rotates on Mondays", agent: Ada);
        var second = await shard.RememberAsync("the deploy key rotates on Mondays.", agent: Ben);

        var report = await shard.ConsolidateAsync(All);

        var step = Assert.Single(report.Steps);
        Assert.Equal((ConsolidationReason.SameStatement, first.Id, second.Id), (step.Reason, step.By, Assert.Single(step.Memories)));
        Assert.Equal((2, 0), (report.Examined, report.Remaining));
        Assert.Equal(first.Id, Assert.Single(await shard.RecallAsync("deploy key")).Memory.Id);
        var merged = (await shard.GetAsync(second.Id))!;
        Assert.Equal((MemoryState.Merged, (MemoryId?)first.Id, 1), (merged.State, merged.MergedInto(), merged.Version));
        var standing = (await shard.GetAsync(first.Id))!.Standing!;
        Assert.Equal((second.Id, 1), (Assert.Single(standing.Merged), standing.Confirmations));
    }

    [Fact]
    public async Task WhatWasUndone_IsStillListedAfterACrash()
    {
        await using var shard = await StartAsync();
        await shard.RememberAsync("The deploy key rotates on Mondays", agent: Ada);
        await shard.RememberAsync("the deploy key rotates on Mondays.", agent: Ben);
        var step = Assert.Single((await shard.ConsolidateAsync(All)).Steps);
        Assert.Null(Assert.Single((await shard.Engine.ListConsolidationsAsync(null, 10, default)).Items).End);
        shard.Clock.Advance(TimeSpan.FromHours(1));
        await shard.Engine.UndoAsync(step.Id, default);

        await shard.ReopenAsync();

        var entry = Assert.Single((await shard.Engine.ListConsolidationsAsync(null, 10, default)).Items);
        Assert.Equal(ConsolidationEnd.Undone, entry.End);
        Assert.Equal((step.Id, step.Reason, step.By), (entry.Step.Id, entry.Step.Reason, entry.Step.By));
        Assert.True(step.Memories.SequenceEqual(entry.Step.Memories));
        Assert.Equal(TimeSpan.FromHours(1), entry.EndedAt - entry.At);
        Assert.Empty((await shard.Engine.ListConsolidationsAsync(entry.Place, 10, default)).Items);
    }

    [Theory]
    [InlineData("The flight leaves at 9", "The flight leaves at 8", false)]
    [InlineData("The flight leaves at 9", "Flight leaves at 9.", true)]
    [InlineData("Do restart the server", "Do not restart the server", false)]
    [InlineData("Alice met Bob", "Bob met Alice", false)]
    [InlineData("use C for drivers", "use C++ for drivers", false)]
    [InlineData("Invoice 12 was paid on 3 May", "Invoice 12 was paid on 5 May", false)]
    public async Task Facts_MergeOnlyWhereNothingThatMattersDiffers(string left, string right, bool merges)
    {
        await using var shard = await StartAsync();
        await shard.RememberAsync(left, agent: Ada);
        await shard.RememberAsync(right, agent: Ben);

        var report = await shard.ConsolidateAsync(All);

        Assert.Equal(merges, report.Steps.Length == 1);
    }

    [Theory]
    [InlineData("Check the token. Retry once.", "Check the token every morning. Retry once. Log it.", true)]
    [InlineData("Validate the token before the login.", "Validate the token after the login. Log it.", false)]
    [InlineData("Set page_limit to 20.", "Set page_limit to 10. Log it.", false)]
    [InlineData("Call show_songs with the token.", "Call show_albums with the token. Log it.", false)]
    public async Task Advice_IsMergedIntoWhatSaysItAllAndMore(string less, string more, bool merges)
    {
        await using var shard = await StartAsync();
        var short_ = await shard.RememberAsync(less, MemoryKind.Lesson, Ada);
        var long_ = await shard.RememberAsync(more, MemoryKind.Lesson, Ben);

        var report = await shard.ConsolidateAsync(All);

        Assert.Equal(merges ? [(ConsolidationReason.Covered, long_.Id, short_.Id)] : [], report.Steps.Select(step => (step.Reason, step.By, step.Memories[0])));
    }

    [Fact]
    public async Task WhatDiffersInKindUserOrVisibility_StaysApart()
    {
        await using var shard = await StartAsync();
        await shard.RememberAsync("the same words", agent: Ada);
        await shard.RememberAsync("the same words", agent: Ben, user: Ann);
        await shard.RememberAsync("the same words", MemoryKind.Lesson, Cal);
        var draft = Command("the same words", agent: Cal).Draft with { Visibility = Visibility.Shared };
        await shard.Engine.RememberAsync(new RememberCommand(Cal, draft, null), default);
        await shard.RememberAsync("the same words", MemoryKind.Event, Ada);
        await shard.RememberAsync("the same words", MemoryKind.Event, Ben);

        Assert.Empty((await shard.ConsolidateAsync(All)).Steps);
    }

    [Fact]
    public async Task WhatIsValidAtAnotherTime_StaysApart()
    {
        await using var shard = await StartAsync();
        var draft = Command("Ann leads the team").Draft;
        await shard.Engine.RememberAsync(new RememberCommand(Ada, draft with { ValidFrom = shard.Clock.GetUtcNow() }, null), default);
        await shard.Engine.RememberAsync(new RememberCommand(Ben, draft, null), default);

        Assert.Empty((await shard.ConsolidateAsync(All)).Steps);
    }

    [Fact]
    public async Task Yesterday_OfTwoDaysIsTwoDays()
    {
        await using var shard = await StartAsync();
        await shard.RememberAsync("The build broke yesterday", agent: Ada);
        shard.Clock.Advance(TimeSpan.FromDays(1));
        await shard.RememberAsync("The build broke yesterday", agent: Ben);

        Assert.Empty((await shard.ConsolidateAsync(All)).Steps);
    }

    [Fact]
    public async Task SecondPass_LooksAtNothing_AlsoAfterACrash()
    {
        await using var shard = await StartAsync();
        await TwinsAsync(shard);
        await shard.ConsolidateAsync(All);
        var seq = (await shard.Engine.GetStatisticsAsync(default)).Seq;

        var again = await shard.ConsolidateAsync(All);
        await shard.ReopenAsync();
        var reopened = await shard.ConsolidateAsync(All);

        Assert.Equal((0, 0), (again.Examined, reopened.Examined));
        Assert.Equal(seq, (await shard.Engine.GetStatisticsAsync(default)).Seq);
    }

    [Fact]
    public async Task PassThatWasBrokenOff_GoesOnWhereItWas()
    {
        await using var shard = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await shard.RememberAsync($"case {i} needs a flag", agent: Ada);
            await shard.RememberAsync($"case {i} needs a flag", agent: Ben);
        }

        var first = await shard.ConsolidateAsync(3);
        await shard.ReopenAsync();
        var second = await shard.ConsolidateAsync(All);

        Assert.Equal((3, 7), (first.Examined, first.Remaining));
        Assert.Equal(7, second.Examined);
        Assert.Equal(5, first.Steps.Length + second.Steps.Length);
        Assert.Equal(5, (await shard.Engine.GetStatisticsAsync(default)).Merged);
    }

    [Fact]
    public async Task SameSource_CountsOnce_AndSilentRepetitionDoesNotAddUp()
    {
        await using var shard = await StartAsync();
        var turn = new SourceRef { Session = "s", Turn = "1" };
        var first = await shard.RememberAsync("The gate code is on the fridge", agent: Ada, source: turn);
        await shard.RememberAsync("The gate code is on the fridge", agent: Ben, source: turn);
        await shard.RememberAsync("The gate code is on the fridge", agent: Cal, source: turn with { Turn = "2" });
        await shard.RememberAsync("The gate code is on the fridge", agent: new AgentId("dee"), source: turn with { Turn = "2" });

        await shard.ConsolidateAsync(All);

        Assert.Equal((3, 1), ((await shard.GetAsync(first.Id))!.Standing!.Merged.Length, (await shard.GetAsync(first.Id))!.Standing!.Confirmations));
    }

    [Fact]
    public async Task Undone_EverythingIsAsItWas_AndIsLeftAlone()
    {
        await using var shard = await StartAsync();
        var (first, second) = await TwinsAsync(shard);
        var before = (await shard.GetAsync(first), await shard.GetAsync(second));
        var step = Assert.Single((await shard.ConsolidateAsync(All)).Steps);

        var undone = await shard.Engine.UndoAsync(step.Id, default);

        Assert.Equal((step.Id, step.By, second), (undone!.Id, undone.By, Assert.Single(undone.Memories)));
        Assert.Equal(before, (await shard.GetAsync(first), (await shard.GetAsync(second))! with { Course = null }));
        Assert.Equal(2, (await shard.RecallAsync("deploy key")).Length);
        Assert.Empty((await shard.ConsolidateAsync(All)).Steps);
        Assert.Null(await shard.Engine.UndoAsync(step.Id, default));
        await shard.ReopenAsync();
        Assert.Empty((await shard.ConsolidateAsync(All)).Steps);
    }

    [Fact]
    public async Task WhatStandsForOthers_Deleted_LosesNothingThatTheySaid()
    {
        await using var shard = await StartAsync();
        var (first, second) = await TwinsAsync(shard);
        await shard.ConsolidateAsync(All);

        var receipt = await shard.Engine.DeleteAsync(new DeleteCommand(first, false, null), Everything, default);

        Assert.Equal(first, Assert.Single(receipt.Deleted));
        Assert.Equal(second, Assert.Single(await shard.RecallAsync("deploy key")).Memory.Id);
        var freed = (await shard.GetAsync(second))!;
        Assert.Equal((MemoryState.Active, (ConsolidationMark?)null), (freed.State, freed.Consolidation));
        Assert.Equal(1, (await shard.ConsolidateAsync(All)).Examined);
    }

    [Fact]
    public async Task MergedOne_Deleted_IsCountedNoLonger()
    {
        await using var shard = await StartAsync();
        var (first, second) = await TwinsAsync(shard);
        await shard.ConsolidateAsync(All);

        await shard.Engine.DeleteAsync(new DeleteCommand(second, true, null), Everything, default);

        Assert.Null((await shard.GetAsync(first))!.Standing);
        Assert.Null(await shard.GetAsync(second));
        await shard.ReopenAsync();
        Assert.Equal(first, Assert.Single(await shard.RecallAsync("deploy key")).Memory.Id);
    }

    [Fact]
    public async Task ForgetOfAnAgent_LeavesWhatOthersSaid()
    {
        await using var shard = await StartAsync();
        var (first, second) = await TwinsAsync(shard);
        await shard.ConsolidateAsync(All);

        await shard.Engine.ForgetAsync(new ForgetCommand { Agent = Ada }, Everything, default);

        Assert.Null(await shard.GetAsync(first));
        Assert.Equal(second, Assert.Single(await shard.RecallAsync("deploy key")).Memory.Id);
    }

    [Fact]
    public async Task ChangedText_StandsForNobodyElse()
    {
        await using var shard = await StartAsync();
        var (first, second) = await TwinsAsync(shard);
        await shard.ConsolidateAsync(All);

        const string Changed = "The deploy key rotates on Fridays";
        var patched = await shard.Engine.PatchAsync(
            new PatchCommand { Id = first, IfVersion = 1, Text = Changed, Embedding = Embed(Changed) }, Everything, default);

        Assert.Equal((2, (MemoryStanding?)null), (patched.Version, patched.Standing));
        Assert.Equal(MemoryState.Active, (await shard.GetAsync(second))!.State);
        Assert.Equal(2, (await shard.RecallAsync("deploy key")).Length);
        Assert.Empty((await shard.ConsolidateAsync(All)).Steps);
    }

    [Fact]
    public async Task ChangedTags_KeepTogetherWhatSaysTheSame()
    {
        await using var shard = await StartAsync();
        var (first, second) = await TwinsAsync(shard);
        await shard.ConsolidateAsync(All);

        await shard.Engine.PatchAsync(new PatchCommand { Id = first, IfVersion = 1, Tags = ["ops"] }, Everything, default);

        Assert.Equal(second, Assert.Single((await shard.GetAsync(first))!.Standing!.Merged));
        Assert.Equal(MemoryState.Merged, (await shard.GetAsync(second))!.State);
    }

    [Fact]
    public async Task ChangedMergedOne_StandsForItselfAgain()
    {
        await using var shard = await StartAsync();
        var (first, second) = await TwinsAsync(shard);
        await shard.ConsolidateAsync(All);

        const string Changed = "The deploy key rotates on Fridays";
        var patched = await shard.Engine.PatchAsync(
            new PatchCommand { Id = second, IfVersion = 1, Text = Changed, Embedding = Embed(Changed) }, Everything, default);

        Assert.Equal((MemoryState.Active, (ConsolidationMark?)null), (patched.State, patched.Consolidation));
        Assert.Null((await shard.GetAsync(first))!.Standing);
        Assert.Equal(2, (await shard.RecallAsync("deploy key")).Length);
    }

    [Fact]
    public async Task WhoMayNotSeeWhatStandsForAMemory_StillFindsTheMemory()
    {
        await using var shard = await StartAsync();
        var (first, second) = await TwinsAsync(shard);
        await shard.ConsolidateAsync(All);
        var onlyBen = ViewOf(new DirectorySnapshot { Version = 1, Callable = ImmutableDictionary<UserId, ImmutableHashSet<AgentId>>.Empty.Add(Ann, [Ben]) }, Ben);
        var both = ViewOf(new DirectorySnapshot { Version = 1, Callable = ImmutableDictionary<UserId, ImmutableHashSet<AgentId>>.Empty.Add(Ann, [Ada, Ben]) }, Ben);

        Assert.Equal(second, Assert.Single(await FoundAsync(shard, onlyBen)));
        Assert.Equal(first, Assert.Single(await FoundAsync(shard, both)));
        Assert.Equal(second, Assert.Single((await shard.Engine.ListAsync(new MemoryListQuery { Limit = 10 }, onlyBen, default)).Items).Id);
        Assert.Equal(first, Assert.Single((await shard.Engine.ListAsync(new MemoryListQuery { Limit = 10 }, both, default)).Items).Id);
        Assert.Equal(second, Assert.Single((await shard.Engine.ListAsync(new MemoryListQuery { Limit = 10, State = MemoryState.Merged }, both, default)).Items).Id);
    }

    [Fact]
    public async Task WhatTheQueryDoesNotAskFor_HidesNothing()
    {
        await using var shard = await StartAsync();
        var (first, second) = await TwinsAsync(shard, tag: "ops");
        await shard.ConsolidateAsync(All);
        var tagged = new RecallQuery { Team = Team, Caller = Everything.Caller, Text = "", K = 10, Tags = ["ops"] };

        Assert.Equal(second, Assert.Single(await shard.RecallAsync("deploy key", like: tagged)).Memory.Id);
        Assert.Equal(first, Assert.Single(await shard.RecallAsync("deploy key")).Memory.Id);
    }

    [Fact]
    public async Task BetterProven_StandsForTheOlder()
    {
        await using var shard = await StartAsync();
        var (_, second) = await TwinsAsync(shard);
        await shard.RememberAsync("The deploy key rotates on Mondays", agent: Ben, source: new SourceRef { Session = "s", Turn = "9" });

        var step = Assert.Single((await shard.ConsolidateAsync(All)).Steps);

        Assert.Equal(second, step.By);
    }

    [Fact]
    public async Task ChainOfMerges_ComesApartFromWhereItIsCut()
    {
        await using var shard = await StartAsync();
        var (first, second) = await TwinsAsync(shard);
        await shard.ConsolidateAsync(All);
        var third = (await shard.RememberAsync("The deploy key rotates on Mondays", agent: Cal)).Id;
        await shard.RememberAsync("The deploy key rotates on Mondays", agent: Cal, source: new SourceRef { Session = "s", Turn = "1" });
        await shard.RememberAsync("The deploy key rotates on Mondays", agent: Cal, source: new SourceRef { Session = "s", Turn = "2" });
        var step = Assert.Single((await shard.ConsolidateAsync(All)).Steps);
        Assert.Equal((third, first), (step.By, Assert.Single(step.Memories)));
        Assert.Equal(third, Assert.Single(await shard.RecallAsync("deploy key")).Memory.Id);
        Assert.Equal(2, (await shard.GetAsync(third))!.Standing!.Confirmations);

        await shard.Engine.DeleteAsync(new DeleteCommand(third, false, null), Everything, default);

        Assert.Equal(first, Assert.Single(await shard.RecallAsync("deploy key")).Memory.Id);
        Assert.Equal(MemoryState.Merged, (await shard.GetAsync(second))!.State);
    }

    [Fact]
    public async Task Store_StandsUpToVerification()
    {
        var stores = new InMemoryShardStores();
        await using var shard = await StartAsync(stores);
        await TwinsAsync(shard);
        await shard.ConsolidateAsync(All);
        var seq = (await shard.Engine.GetStatisticsAsync(default)).Seq;
        await shard.Engine.DisposeAsync();

        await using var store = await stores.OpenAsync(StoreId.For(new ShardId(Tenant, Team, 0)), default);
        var records = await store.ReadRecordsAsync(default).ToListAsync();

        Assert.Equal(3, records.Count);
        Assert.Empty(StoredRecordsVerifier.VerifyShard(records, seq, Model));
        var broken = records.Select(record => record.Key == WatermarkCodec.Key ? record with { Payload = WatermarkCodec.Encode(seq + 1) } : record);
        Assert.Single(StoredRecordsVerifier.VerifyShard(broken, seq, Model));
    }

    [Fact]
    public async Task OutcomesOfTheMerged_CountForWhatStandsForThem_UntilItIsUndone()
    {
        await using var shard = await StartAsync();
        var (first, second) = await TwinsAsync(shard);
        await ReportAsync(shard, 0, second);
        var own = await WeightAsync(shard, first);
        var earned = await WeightAsync(shard, second);
        var step = Assert.Single((await shard.ConsolidateAsync(All)).Steps);

        var taken = await WeightAsync(shard, first);
        await ReportAsync(shard, 1, second);
        var more = await WeightAsync(shard, first);
        await shard.ReopenAsync();
        var reopened = await WeightAsync(shard, first);
        await shard.Engine.UndoAsync(step.Id, default);
        var undone = await WeightAsync(shard, first);

        Assert.Equal(first, step.By);
        Assert.True(earned < own, $"{earned} {own}");
        Assert.Equal(earned, taken, 5);
        Assert.True(more > taken, $"{more} {taken}");
        Assert.Equal(more, reopened);
        Assert.Equal(own, undone);
        Assert.Equal((0L, 2L), ((await shard.GetAsync(first))!.Utility.Uses, (await shard.GetAsync(second))!.Utility.Uses));
    }

    private static async Task<float> WeightAsync(ShardHarness shard, MemoryId id) =>
        (await shard.RecallAsync("deploy key")).Single(hit => hit.Memory.Id == id).Scores.Utility;

    private static async Task ReportAsync(ShardHarness shard, double reward, MemoryId used)
    {
        var recall = RecallId.New(shard.Clock.GetUtcNow(), (ulong)shard.Clock.GetUtcNow().Ticks, 7);
        shard.Clock.Advance(TimeSpan.FromSeconds(1));
        shard.Engine.NoteRecall(new RecallNote(recall, Key, [used]));
        await shard.Engine.RecordOutcomeAsync(new RecallOutcome { Recall = recall, Reward = reward, Used = [used] }, Key, default);
    }

    private static async Task<(MemoryId First, MemoryId Second)> TwinsAsync(ShardHarness shard, string? tag = null)
    {
        const string Text = "The deploy key rotates on Mondays";
        var first = await shard.RememberAsync(Text, agent: Ada);
        var draft = Command(Text, agent: Ben).Draft with { Tags = tag is null ? [] : [tag] };
        var second = await shard.Engine.RememberAsync(new RememberCommand(Ben, draft, null), default);
        return (first.Id, second.Id);
    }

    private static AccessView ViewOf(DirectorySnapshot directory, AgentId agent) =>
        AccessView.Of(new Caller { Tenant = Tenant, Key = Key, Team = Team, Agent = agent, User = Ann }, directory);

    private static async Task<IEnumerable<MemoryId>> FoundAsync(ShardHarness shard, AccessView view)
    {
        var query = new RecallQuery { Team = Team, Caller = view.Caller, Text = "deploy key", K = 10 };
        var answer = await shard.Engine.SearchAsync(new ShardQuery(query, [Embed(query.Text)], 0), view, default);
        return answer.Candidates.Select(hit => hit.Memory.Id);
    }
}
