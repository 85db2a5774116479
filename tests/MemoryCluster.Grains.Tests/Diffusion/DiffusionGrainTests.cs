namespace MemoryCluster.Grains.Tests.Diffusion;

/// <summary>A cluster for each test: what one team gives concerns all others of its tenant.</summary>
public sealed class DiffusionGrainTests
{
    private const string Lesson = "Ask Mia Li before you cancel the booking.";
    private const string General = "Ask <NAME> before you cancel the booking.";

    private static readonly AgentId Scout = new("scout");
    private static readonly AgentId Mason = new("mason");
    private static readonly TeamId Red = new("red");
    private static readonly TeamId Blue = new("blue");
    private static readonly Caller Operator = new() { Tenant = TestCluster.Tenant, Key = default };
    private static readonly Caller Builder = TestCluster.CallerOf(Blue, Mason);

    [Fact]
    public async Task WhatHasProvedItself_IsACandidateThere_InItsGeneralForm_OnceForAllPasses()
    {
        await using var cluster = await StartAsync();
        var source = await ProvenAsync(cluster, Lesson);

        var first = await RunAsync(cluster);
        var second = await RunAsync(cluster);

        var offer = Assert.Single(first);
        Assert.Equal((source, Blue, DiffusionStatus.Offered), (offer.Source, offer.To, offer.Status));
        Assert.Empty(second);
        var copy = (await cluster.Memories.GetAsync(offer.Copy!.Value, Builder, default))!;
        Assert.Equal((General, MemoryState.Candidate, Blue, Visibility.Team), (copy.Text, copy.State, copy.Team, copy.Visibility));
        Assert.Equal(Red, copy.Diffusion!.Team);
        Assert.InRange(copy.Utility.Weight, 0.6, 1);
        var hit = (await cluster.RecallAsync(Builder, "who to ask before a booking is cancelled")).Hits.Single(hit => hit.Memory.Id == copy.Id);
        Assert.Equal(General, hit.Memory.Text);
    }

    [Fact]
    public async Task WhatIsNotShared_OrNotProven_StaysWhereItIs()
    {
        await using var cluster = await StartAsync();
        await ProvenAsync(cluster, Lesson, Visibility.Team);
        await cluster.RememberAsync(Red, Scout, Draft("Ask Tom Ray before you book a hotel.", Visibility.Shared));

        Assert.Empty(await RunAsync(cluster));
    }

    [Fact]
    public async Task DeletedSource_TakesItsCopyWithIt_BeforeTheAnswer()
    {
        await using var cluster = await StartAsync();
        var source = await ProvenAsync(cluster, Lesson);
        var copy = Assert.Single(await RunAsync(cluster)).Copy!.Value;

        await cluster.Memories.DeleteAsync(new DeleteCommand(source, CascadeDerived: false, null), Operator, default);

        Assert.Null(await cluster.Memories.GetAsync(copy, Operator, default));
        Assert.Equal((DiffusionStatus.Withdrawn, "source_deleted"), await StandsAsync(cluster));
        Assert.Empty(await RunAsync(cluster));
    }

    [Fact]
    public async Task ForgottenRun_TakesCopiesToo()
    {
        await using var cluster = await StartAsync();
        await ProvenAsync(cluster, Lesson, run: new RunId("run-1"));
        var copy = Assert.Single(await RunAsync(cluster)).Copy!.Value;

        await cluster.TeamOf(Red).ForgetAsync(Operator, new ForgetCommand { Team = Red, Run = new RunId("run-1") }, default);

        Assert.Null(await cluster.Memories.GetAsync(copy, Operator, default));
    }

    [Fact]
    public async Task HiddenSource_IsTakenBack_AndOfferedAgainWhenSharedAgain_UnderAnotherId()
    {
        await using var cluster = await StartAsync();
        var source = await ProvenAsync(cluster, Lesson);
        var first = Assert.Single(await RunAsync(cluster)).Copy!.Value;

        await cluster.Memories.PatchAsync(new PatchCommand { Id = source, IfVersion = 1, Visibility = Visibility.Team }, Operator, default);
        var hidden = await cluster.Memories.GetAsync(first, Operator, default);
        await cluster.Memories.PatchAsync(new PatchCommand { Id = source, IfVersion = 2, Visibility = Visibility.Shared }, Operator, default);
        var second = Assert.Single(await RunAsync(cluster));

        Assert.Null(hidden);
        Assert.Equal((DiffusionStatus.Offered, 3), (second.Status, second.SourceVersion));
        Assert.NotEqual(first, second.Copy);
        Assert.NotNull(await cluster.Memories.GetAsync(second.Copy!.Value, Operator, default));
    }

    [Fact]
    public async Task ChangedTags_LeaveTheCopyAsItIs()
    {
        await using var cluster = await StartAsync();
        var source = await ProvenAsync(cluster, Lesson);
        var copy = Assert.Single(await RunAsync(cluster)).Copy!.Value;

        await cluster.Memories.PatchAsync(new PatchCommand { Id = source, IfVersion = 1, Tags = ["kept"] }, Operator, default);

        Assert.Empty(await RunAsync(cluster));
        Assert.NotNull(await cluster.Memories.GetAsync(copy, Operator, default));
    }

    [Fact]
    public async Task FloodOfLikeMemories_CountsAsOne_AndTheNextTakesOverWhenTheFirstGoes()
    {
        await using var cluster = await StartAsync();
        var sources = new List<MemoryId>();
        foreach (var name in new[] { "Mia Li", "Tom Ray", "Ann Lee", "Bob Fox" })
        {
            sources.Add(await ProvenAsync(cluster, $"Ask {name} before you cancel the booking."));
        }

        var changed = await RunAsync(cluster);
        var offered = Assert.Single(changed, entry => entry.Status == DiffusionStatus.Offered);
        Assert.Equal(3, changed.Count(entry => entry.Status == DiffusionStatus.Duplicate));
        Assert.Single(await CopiesAsync(cluster));

        await cluster.Memories.DeleteAsync(new DeleteCommand(offered.Source, false, null), Operator, default);
        await RunAsync(cluster);

        var copy = Assert.Single(await CopiesAsync(cluster));
        Assert.NotEqual(offered.Copy, copy.Id);
        Assert.Contains(copy.Diffusion!.Source, sources.Except([offered.Source]));
    }

    [Fact]
    public async Task OwnUse_Confirms_AndWhatIsDeletedThereIsNotOfferedAgain()
    {
        await using var cluster = await StartAsync();
        await ProvenAsync(cluster, Lesson);
        var copy = Assert.Single(await RunAsync(cluster)).Copy!.Value;

        await UseAsync(cluster, Builder, "ask before you cancel the booking", copy, times: 3);
        await RunAsync(cluster);
        Assert.Equal((DiffusionStatus.Confirmed, "confirmed_by_use"), await StandsAsync(cluster));

        await cluster.Memories.DeleteAsync(new DeleteCommand(copy, false, null), Operator, default);
        await RunAsync(cluster);
        await RunAsync(cluster);

        Assert.Equal((DiffusionStatus.Declined, "deleted_there"), await StandsAsync(cluster));
        Assert.Empty(await CopiesAsync(cluster));
    }

    [Fact]
    public async Task TeamWhoseWorkIsFar_IsNotTroubled()
    {
        await using var cluster = await StartAsync(domain: "gardening");
        await cluster.RememberAsync(Blue, Mason, Draft("Roses want sun and much water in June.", Visibility.Team));
        await ProvenAsync(cluster, Lesson);

        var entry = Assert.Single(await RunAsync(cluster));

        Assert.Equal((DiffusionStatus.Refused, "too_far"), (entry.Status, entry.Reason));
        Assert.Empty(await CopiesAsync(cluster));
    }

    [Fact]
    public async Task Copies_AreNotOfferedOn()
    {
        await using var cluster = await StartAsync();
        await ProvenAsync(cluster, Lesson);
        var copy = Assert.Single(await RunAsync(cluster)).Copy!.Value;
        await UseAsync(cluster, Builder, "ask before you cancel the booking", copy, times: 4);
        await cluster.Memories.PatchAsync(new PatchCommand { Id = copy, IfVersion = 1, Visibility = Visibility.Shared }, Operator, default);

        Assert.Empty((await cluster.Grains.GetGrain<IDiffusionGrain>(GrainKey.Of(TestCluster.Tenant, Blue)).RunAsync(true, default)).Changed);
    }

    private static async Task<TestCluster> StartAsync(string domain = "ops")
    {
        var cluster = await TestCluster.StartAsync();
        await cluster.PutTeamAsync(Red, Scout);
        await cluster.PutTeamAsync(Blue, Mason);
        await cluster.Directory.PutTeamAsync(Blue, domain, null, default);
        return cluster;
    }

    private static MemoryDraft Draft(string text, Visibility visibility, RunId? run = null) =>
        TestCluster.Draft(text, visibility) with { Kind = MemoryKind.Lesson, Run = run };

    private static async Task<MemoryId> ProvenAsync(TestCluster cluster, string text, Visibility visibility = Visibility.Shared, RunId? run = null)
    {
        var written = await cluster.RememberAsync(Red, Scout, Draft(text, visibility, run));
        await UseAsync(cluster, TestCluster.CallerOf(Red, Scout), text, written.Id, times: 3);
        return written.Id;
    }

    private static async Task UseAsync(TestCluster cluster, Caller caller, string query, MemoryId used, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var answer = await cluster.RecallAsync(caller, query);
            Assert.True(await cluster.TeamOf(caller.Team!.Value).RecordOutcomeAsync(
                caller, new RecallOutcome { Recall = answer.Id, Reward = 1, Used = [used] }, default));
        }
    }

    private static async Task<ImmutableArray<DiffusionEntry>> RunAsync(TestCluster cluster) =>
        (await cluster.Grains.GetGrain<IDiffusionGrain>(GrainKey.Of(TestCluster.Tenant, Red)).RunAsync(mayOffer: true, default)).Changed;

    private static async Task<(DiffusionStatus Status, string Reason)> StandsAsync(TestCluster cluster)
    {
        var ledger = await cluster.Grains.GetGrain<IDiffusionGrain>(GrainKey.Of(TestCluster.Tenant, Red)).ListAsync(Operator, 10, default);
        var entry = Assert.Single(ledger).Entry;
        return (entry.Status, entry.Reason);
    }

    private static async Task<MemoryRecord[]> CopiesAsync(TestCluster cluster) =>
    [
        .. (await cluster.TeamOf(Blue).ListAsync(Operator, new MemoryListQuery { Limit = 200, IncludeArchived = true }, default)).Items
            .Where(memory => memory.Diffusion is not null),
    ];
}
