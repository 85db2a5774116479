using MemoryCluster.Access;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;
using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Shards;

public sealed class InsightTests
{
    private static readonly AgentId Ada = new("ada");
    private static readonly AgentId Ben = new("ben");
    private static readonly UserId Ann = new("ann");
    private static readonly ResourceId Wiki = new("wiki");

    [Fact]
    public async Task Family_BecomesAnInsight_ThatHoldsWhatEachOfThemSays()
    {
        await using var shard = await StartAsync();
        var ids = await FamilyAsync(shard);

        var report = await shard.ConsolidateAsync();

        var last = report.Steps[^1];
        Assert.All(report.Steps, step => Assert.Equal(ConsolidationReason.Abstracted, step.Reason));
        Assert.Equal(ids.Order(), last.Memories);
        var insight = (await shard.GetAsync(last.By))!;
        Assert.Equal((MemoryKind.Insight, MemoryState.Active, "abstracted"), (insight.Kind, insight.State, insight.Reason));
        Assert.Equal(ids, insight.Provenance.DerivedFrom);
        Assert.Equal([Ada, Ben], insight.Provenance.Agents.AsEnumerable());
        foreach (var id in ids)
        {
            var member = (await shard.GetAsync(id))!;
            Assert.Equal((MemoryState.Merged, insight.Id), (member.State, member.MergedInto()));
            Assert.Contains(member.Text.TrimEnd('.'), insight.Text, StringComparison.Ordinal);
        }

        Assert.Equal(insight.Id, Assert.Single(await shard.RecallAsync("page tokens")).Memory.Id);
        Assert.Equal(1, insight.Standing!.Confirmations);
    }

    [Fact]
    public async Task SecondPass_AndReopening_ChangeNothing()
    {
        await using var shard = await StartAsync();
        await FamilyAsync(shard);
        await shard.ConsolidateAsync();
        var seq = (await shard.Engine.GetStatisticsAsync(default)).Seq;

        Assert.Empty((await shard.ConsolidateAsync()).Steps);
        await shard.ReopenAsync();

        Assert.Empty((await shard.ConsolidateAsync()).Steps);
        Assert.Equal(seq, (await shard.Engine.GetStatisticsAsync(default)).Seq);
        Assert.Single(await shard.RecallAsync("page tokens"));
    }

    [Fact]
    public async Task Insight_IsFoundByTheWordsOfEachOfItsMembers_OnceAPage()
    {
        await using var shard = await StartAsync();
        var ids = await FamilyAsync(shard);
        await shard.ConsolidateAsync();

        foreach (var id in ids)
        {
            var hit = Assert.Single(await shard.RecallAsync((await shard.GetAsync(id))!.Text));
            Assert.Equal(MemoryKind.Insight, hit.Memory.Kind);
        }
    }

    [Fact]
    public async Task LateComer_JoinsTheFamily_AndOneInsightIsLeft()
    {
        await using var shard = await StartAsync();
        var ids = await FamilyAsync(shard);
        await shard.ConsolidateAsync();
        var late = (await shard.RememberAsync("Read every page with the page tokens slowly and sort", MemoryKind.Lesson, Ada)).Id;

        var step = Assert.Single((await shard.ConsolidateAsync()).Steps);

        Assert.Equal(ids.Append(late).Order(), step.Memories);
        Assert.Equal(step.By, Assert.Single(await shard.RecallAsync("page tokens")).Memory.Id);
        Assert.Equal(1 + 4, (await shard.Engine.GetStatisticsAsync(default)).Memories);
    }

    [Fact]
    public async Task Contradiction_KeepsAdviceOutOfTheFamily()
    {
        await using var shard = await StartAsync();
        await shard.RememberAsync("Read twenty pages with the page tokens and count", MemoryKind.Lesson, Ada);
        await shard.RememberAsync("Read thirty pages with the page tokens and count", MemoryKind.Lesson, Ben);

        Assert.Empty((await shard.ConsolidateAsync()).Steps);
    }

    [Fact]
    public async Task Facts_AreNeverSummedUp()
    {
        await using var shard = await StartAsync();
        await shard.RememberAsync("Read every page with the page tokens and count", agent: Ada);
        await shard.RememberAsync("Read every page with the page tokens and wait", agent: Ben);

        Assert.Empty((await shard.ConsolidateAsync()).Steps);
    }

    [Fact]
    public async Task WhatOnlyOneUserMaySee_IsNotSummedUpWithTheTeams()
    {
        await using var shard = await StartAsync();
        await shard.RememberAsync("Read every page with the page tokens and count", MemoryKind.Lesson, Ada, Ann);
        await shard.RememberAsync("Read every page with the page tokens and wait", MemoryKind.Lesson, Ada);

        Assert.Empty((await shard.ConsolidateAsync()).Steps);
    }

    [Fact]
    public async Task ResourcesAndTagsOfAll_AreTheInsights()
    {
        await using var shard = await StartAsync();
        var draft = Command("Read every page with the page tokens and count", MemoryKind.Lesson).Draft with { Resources = [Wiki], Tags = ["paging"] };
        await shard.Engine.RememberAsync(new RememberCommand(Ada, draft, null), default);
        var free = (await shard.RememberAsync("Read every page with the page tokens and wait", MemoryKind.Lesson, Ben)).Id;
        var insight = (await shard.GetAsync(Assert.Single((await shard.ConsolidateAsync()).Steps).By))!;
        var withoutWiki = AccessView.Of(new Caller { Tenant = Tenant, Key = Key, Team = Team, Agent = Ben }, new DirectorySnapshot { Version = 1 });

        var query = new RecallQuery { Team = Team, Caller = withoutWiki.Caller, Text = "page tokens", K = 10 };
        var answer = await shard.Engine.SearchAsync(new ShardQuery(query, [Embed(query.Text)], 0), withoutWiki, default);

        Assert.Equal((Wiki, "paging"), (Assert.Single(insight.Provenance.Resources), Assert.Single(insight.Tags)));
        Assert.Equal(free, Assert.Single(answer.Candidates).Memory.Id);
        Assert.Null(await shard.Engine.GetAsync(insight.Id, withoutWiki, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DeletedSource_TakesTheInsightAlong_AndTheOthersSayTheirs(bool cascade)
    {
        var stores = new InMemoryShardStores();
        await using var shard = await StartAsync(stores);
        var ids = await FamilyAsync(shard);
        var insight = (await shard.ConsolidateAsync()).Steps[^1].By;

        var receipt = await shard.Engine.DeleteAsync(new DeleteCommand(ids[0], cascade, null), Everything, default);

        Assert.Equal([ids[0], insight], receipt.Deleted.AsEnumerable());
        Assert.Equal(1, receipt.Derived);
        Assert.Null(await shard.GetAsync(insight));
        Assert.Equal(ids[1..].Order(), (await shard.RecallAsync("page tokens")).Select(hit => hit.Memory.Id).Order());
        var again = (await shard.GetAsync(Assert.Single((await shard.ConsolidateAsync()).Steps).By))!;
        Assert.Equal(ids[1..], again.Provenance.DerivedFrom);
        Assert.DoesNotContain("count", again.Text, StringComparison.Ordinal);
        await shard.Engine.DisposeAsync();
        await using var store = await stores.OpenAsync(StoreId.For(new ShardId(Tenant, Team, 0)), default);
        var records = await store.ReadRecordsAsync(default).ToListAsync();
        Assert.Empty(StoredRecordsVerifier.VerifyShard(records, store.Seq, Model));
        Assert.DoesNotContain(records, record => System.Text.Encoding.UTF8.GetString(record.Payload.Span).Contains("and count", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeletedInsight_DoesNotComeBackInOtherWords()
    {
        await using var shard = await StartAsync();
        var ids = await FamilyAsync(shard);
        var insight = (await shard.ConsolidateAsync()).Steps[^1].By;

        await shard.Engine.DeleteAsync(new DeleteCommand(insight, false, null), Everything, default);

        Assert.Equal(ids.Order(), (await shard.RecallAsync("page tokens")).Select(hit => hit.Memory.Id).Order());
        Assert.Empty((await shard.ConsolidateAsync()).Steps);
        await shard.ReopenAsync();
        Assert.Empty((await shard.ConsolidateAsync()).Steps);
    }

    [Fact]
    public async Task Undone_TheInsightIsGone_AndItsMembersStandAsBefore()
    {
        await using var shard = await StartAsync();
        var ids = await FamilyAsync(shard);
        var step = (await shard.ConsolidateAsync()).Steps[^1];

        var undone = await shard.Engine.UndoAsync(step.Id, default);

        Assert.Equal(ids.Order(), undone!.Memories);
        Assert.Null(await shard.GetAsync(step.By));
        foreach (var id in ids)
        {
            Assert.Equal(MemoryState.Active, (await shard.GetAsync(id))!.State);
        }

        Assert.Empty((await shard.ConsolidateAsync()).Steps);
    }

    [Fact]
    public async Task ChangedMember_LeavesTheFamily_WhichIsWordedAnew()
    {
        await using var shard = await StartAsync();
        var ids = await FamilyAsync(shard);
        var insight = (await shard.ConsolidateAsync()).Steps[^1].By;

        const string Changed = "Something else altogether";
        await shard.Engine.PatchAsync(new PatchCommand { Id = ids[0], IfVersion = 1, Text = Changed, Embedding = Embed(Changed) }, Everything, default);
        var step = Assert.Single((await shard.ConsolidateAsync()).Steps);

        Assert.Null(await shard.GetAsync(insight));
        Assert.Equal(ids[1..].Order(), step.Memories);
        Assert.Equal(MemoryState.Active, (await shard.GetAsync(ids[0]))!.State);
    }

    [Fact]
    public async Task InsightThatMisleads_IsDispelled_AndItsMembersComeBack()
    {
        await using var shard = await StartAsync();
        var ids = await FamilyAsync(shard);
        var insight = (await shard.ConsolidateAsync()).Steps[^1].By;

        await ReportAsync(shard, insight, 1, 1);
        await ReportAsync(shard, insight, 0, 2);
        Assert.Empty((await shard.ConsolidateAsync()).Steps);
        await ReportAsync(shard, insight, 0, 3);
        var step = Assert.Single((await shard.ConsolidateAsync()).Steps);

        Assert.Equal((ConsolidationReason.Dispelled, insight), (step.Reason, step.By));
        Assert.Null(await shard.GetAsync(insight));
        Assert.Equal(ids.Order(), (await shard.RecallAsync("page tokens")).Select(hit => hit.Memory.Id).Order());
        Assert.Empty((await shard.ConsolidateAsync()).Steps);
    }

    [Fact]
    public async Task WithoutAnEmbedder_NothingIsLost_AndTheNextPassGoesOn()
    {
        await using var shard = await StartAsync();
        await FamilyAsync(shard);

        var broken = await shard.Engine.ConsolidateAsync(
            100, (_, _) => throw new MemoryClusterException(MemoryFault.EmbedderUnavailable, "The embedder is away."), default);

        Assert.Empty(broken.Steps);
        Assert.Equal(3, broken.Remaining);
        Assert.NotEmpty((await shard.ConsolidateAsync()).Steps);
    }

    private static async Task ReportAsync(ShardHarness shard, MemoryId used, double reward, ulong number)
    {
        var recall = RecallId.New(shard.Clock.GetUtcNow(), number, 7);
        shard.Engine.NoteRecall(new RecallNote(recall, Key, [used]));
        await shard.Engine.RecordOutcomeAsync(new RecallOutcome { Recall = recall, Reward = reward, Used = [used] }, Key, default);
    }

    // In the order of writing.
    private static async Task<MemoryId[]> FamilyAsync(ShardHarness shard)
    {
        var first = (await shard.RememberAsync("Read every page with the page tokens and count.", MemoryKind.Lesson, Ada)).Id;
        shard.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = (await shard.RememberAsync("Read every page with the page tokens and wait.", MemoryKind.Lesson, Ben)).Id;
        shard.Clock.Advance(TimeSpan.FromSeconds(1));
        var third = (await shard.RememberAsync("Read every page with the page tokens and retry.", MemoryKind.Lesson, Ada)).Id;
        shard.Clock.Advance(TimeSpan.FromSeconds(1));
        return [first, second, third];
    }
}
