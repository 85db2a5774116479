using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Shards;

public sealed class ForgettingTests
{
    // A new, untried memory has strength 2: it is archived after 2 ln 5, 3.2 days.
    private static readonly ForgettingPolicy Daily = new() { UnitDays = 1 };

    private ulong _recalls;

    [Fact]
    public async Task UnusedFades_UsedStays_AndOnlyWhoAsksFindsTheArchived()
    {
        await using var shard = await StartAsync();
        Apply(shard, Daily);
        var unused = (await shard.RememberAsync("alpha unused")).Id;
        var used = (await shard.RememberAsync("alpha used")).Id;
        await ReportAsync(shard, used, 1);

        shard.Clock.Advance(TimeSpan.FromDays(3.5));
        Assert.Equal(1, await shard.Engine.FadeAsync(100, 1, default));

        Assert.Equal([used], Ids(await shard.RecallAsync("alpha")));
        Assert.Equal(new[] { unused, used }.Order(), Ids(await shard.RecallAsync("alpha", 10, Asking(archived: true))).Order());
        Assert.Equal([used], await ListAsync(shard, includeArchived: false));
        Assert.Equal(new[] { used, unused }.OrderDescending(), await ListAsync(shard, includeArchived: true));
        var memory = (await shard.GetAsync(unused))!;
        Assert.Equal(
            (MemoryState.Archived, new ArchiveMark("faded", shard.Clock.GetUtcNow(), MemoryState.Active), MemoryZone.Archived),
            (memory.State, memory.Archive, memory.Fading!.Zone));
        Assert.Equal(1, (await shard.Engine.GetStatisticsAsync(default)).Archived);
    }

    [Fact]
    public async Task Archived_StaysSoAfterReopening_AndIsNotArchivedTwice()
    {
        await using var shard = await StartAsync();
        Apply(shard, Daily);
        var id = (await shard.RememberAsync("alpha")).Id;
        shard.Clock.Advance(TimeSpan.FromDays(9));
        await shard.Engine.FadeAsync(100, 1, default);
        var before = await shard.GetAsync(id);

        await shard.ReopenAsync();
        Apply(shard, Daily);

        Assert.Equal(0, await shard.Engine.FadeAsync(100, 1, default));
        Assert.Empty(await shard.RecallAsync("alpha"));
        Assert.Equal(before!.Archive, (await shard.GetAsync(id))!.Archive);
    }

    [Fact]
    public async Task SayingItAgain_OrChangingIt_OrSucceedingWithIt_BringsItBack()
    {
        await using var shard = await StartAsync();
        Apply(shard, Daily);
        MemoryId[] ids = [(await shard.RememberAsync("alpha")).Id, (await shard.RememberAsync("beta")).Id, (await shard.RememberAsync("gamma")).Id];
        shard.Clock.Advance(TimeSpan.FromDays(9));
        Assert.Equal(3, await shard.Engine.FadeAsync(100, 1, default));

        await shard.RememberAsync("alpha");
        await shard.Engine.PatchAsync(new PatchCommand { Id = ids[1], IfVersion = 1, Tags = ["kept"] }, Everything, default);
        await ReportAsync(shard, ids[2], 1);

        Assert.Equal(0, await shard.Engine.FadeAsync(100, 1, default));
        foreach (var (id, text) in ids.Zip(["alpha", "beta", "gamma"]))
        {
            Assert.Equal(id, (await shard.RecallAsync(text))[0].Memory.Id);
            Assert.Null((await shard.GetAsync(id))!.Archive);
        }
    }

    [Fact]
    public async Task FailingWithTheArchived_LeavesItThere()
    {
        await using var shard = await StartAsync();
        Apply(shard, Daily);
        var id = (await shard.RememberAsync("alpha")).Id;
        shard.Clock.Advance(TimeSpan.FromDays(9));
        await shard.Engine.FadeAsync(100, 1, default);

        await ReportAsync(shard, id, 0);

        Assert.Equal(MemoryState.Archived, (await shard.GetAsync(id))!.State);
    }

    [Fact]
    public async Task ImmuneKindsAndTags_NeitherFade_NorGiveWayToABudget()
    {
        await using var shard = await StartAsync();
        Apply(shard, Daily with { ImmuneKinds = [MemoryKind.Procedure], RecordsMax = 1 });
        var procedure = (await shard.RememberAsync("alpha procedure", MemoryKind.Procedure)).Id;
        var core = await RememberAsync(shard, "alpha core", "core");
        var plain = await RememberAsync(shard, "alpha plain", "other");
        shard.Clock.Advance(TimeSpan.FromDays(900));

        await FadeAllAsync(shard);

        Assert.Equal(new[] { procedure, core }.Order(), Ids(await shard.RecallAsync("alpha")).Order());
        Assert.Equal(MemoryState.Archived, (await shard.GetAsync(plain))!.State);
        Assert.True((await shard.GetAsync(core))!.Fading is { IsImmune: true, Zone: MemoryZone.Active });
    }

    [Fact]
    public async Task BudgetOfRecords_KeepsWhatIsWorthMost()
    {
        await using var shard = await StartAsync();
        var ids = new List<MemoryId>();
        for (var i = 0; i < 8; i++)
        {
            ids.Add((await shard.RememberAsync($"alpha number {i}")).Id);
            shard.Clock.Advance(TimeSpan.FromDays(1));
        }

        await ReportAsync(shard, ids[0], 1);
        Apply(shard, new ForgettingPolicy { RecordsMax = 3 });

        await FadeAllAsync(shard, lookedMax: 3);

        // The one that helped, and the two youngest of the others.
        Assert.Equal([ids[0], ids[6], ids[7]], Ids(await shard.RecallAsync("alpha")).Order());
        Assert.Equal("over_budget", (await shard.GetAsync(ids[1]))!.Archive!.Reason);
        Assert.Equal(0, await shard.Engine.FadeAsync(100, 1, default));
    }

    [Fact]
    public async Task BudgetOfBytes_LetsTheLeastWorthPerByteGo()
    {
        await using var shard = await StartAsync();
        var large = (await shard.RememberAsync($"alpha {string.Join(' ', Enumerable.Range(0, 900))}")).Id;
        MemoryId[] small = [(await shard.RememberAsync("alpha one")).Id, (await shard.RememberAsync("alpha two")).Id];
        Apply(shard, new ForgettingPolicy { BytesMax = 2_000 });

        await FadeAllAsync(shard);

        Assert.Equal(MemoryState.Archived, (await shard.GetAsync(large))!.State);
        Assert.Equal(small.Order(), Ids(await shard.RecallAsync("alpha")).Order());
    }

    [Fact]
    public async Task ShareOfTheBudget_IsThisShardsPart()
    {
        await using var shard = await StartAsync();
        for (var i = 0; i < 6; i++)
        {
            await shard.RememberAsync($"alpha number {i}");
        }

        Apply(shard, new ForgettingPolicy { RecordsMax = 8 });
        await FadeAllAsync(shard, share: 0.5);

        Assert.Equal(4, (await shard.RecallAsync("alpha")).Length);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task RandomLives_KeepTheBudget_AndLoseNothing(int seed)
    {
        var random = new Random(seed);
        await using var shard = await StartAsync(seed: seed);
        var policy = new ForgettingPolicy { UnitDays = 5, RecordsMax = 12, BytesMax = 14_000 };
        Apply(shard, policy);
        var ids = new HashSet<MemoryId>();
        for (var step = 0; step < 300; step++)
        {
            shard.Clock.Advance(TimeSpan.FromHours(random.Next(8)));
            switch (random.Next(6))
            {
                case < 3:
                    ids.Add((await shard.RememberAsync($"alpha {random.Next(40)}")).Id);
                    break;
                case 3 when ids.Count > 0:
                    await ReportAsync(shard, ids.ElementAt(random.Next(ids.Count)), random.NextDouble());
                    break;
                case 4:
                    await shard.Engine.FadeAsync(random.Next(1, 9), 1, default);
                    break;
                case 5 when random.Next(10) == 0:
                    await shard.ReopenAsync();
                    Apply(shard, policy);
                    break;
                default:
                    break;
            }
        }

        await FadeAllAsync(shard);

        var listed = await ListAsync(shard, includeArchived: true);
        var found = await ListAsync(shard, includeArchived: false);
        Assert.Equal(ids.Order(), listed.Order());
        Assert.InRange(found.Count(), 1, 12);
        Assert.Equal(listed.Count() - found.Count(), (await shard.Engine.GetStatisticsAsync(default)).Archived);
        Assert.All(await shard.RecallAsync("alpha", 100), hit => Assert.Contains(hit.Memory.Id, found));
    }

    private static void Apply(ShardHarness shard, ForgettingPolicy policy) =>
        shard.Engine.Apply(new TeamPolicy { Version = 2, Forgetting = policy });

    // Until a whole circle finds nothing more.
    private static async Task FadeAllAsync(ShardHarness shard, int lookedMax = 100, double share = 1)
    {
        for (var idle = 0; idle < 20; idle++)
        {
            idle = await shard.Engine.FadeAsync(lookedMax, share, default) > 0 ? 0 : idle;
        }
    }

    private static async Task<MemoryId> RememberAsync(ShardHarness shard, string text, string tag)
    {
        var command = Command(text);
        return (await shard.Engine.RememberAsync(command with { Draft = command.Draft with { Tags = [tag] } }, default)).Id;
    }

    private async Task ReportAsync(ShardHarness shard, MemoryId used, double reward)
    {
        var recall = RecallId.New(shard.Clock.GetUtcNow(), ++_recalls, 7);
        shard.Engine.NoteRecall(new RecallNote(recall, Key, [used]));
        await shard.Engine.RecordOutcomeAsync(new RecallOutcome { Recall = recall, Reward = reward, Used = [used] }, Key, default);
    }

    private static RecallQuery Asking(bool archived) =>
        new() { Team = Team, Caller = Everything.Caller, Text = "", K = 1, IncludeArchived = archived };

    private static async Task<IEnumerable<MemoryId>> ListAsync(ShardHarness shard, bool includeArchived) =>
        (await shard.Engine.ListAsync(new MemoryListQuery { Limit = 200, IncludeArchived = includeArchived }, Everything, default)).Items.Select(item => item.Id);

    private static IEnumerable<MemoryId> Ids(ImmutableArray<RecallHit> hits) => hits.Select(hit => hit.Memory.Id);
}
