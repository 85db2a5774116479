using MemoryCluster.Access;
using MemoryCluster.Core.Tests.Shards;
using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Timelines;

public sealed class TimelineTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly AgentId Ada = new("ada");
    private static readonly AgentId Ben = new("ben");
    private static readonly UserId Ann = new("ann");

    [Fact]
    public async Task Session_IsToldInItsOrder_AndSummedUpAbove()
    {
        await using var shard = await StartAsync();
        var turns = await SayAsync(shard, 40);

        var top = Assert.Single((await SessionAsync(shard)).Nodes);
        var leaves = (await SessionAsync(shard, level: 0)).Nodes;

        Assert.Equal((40, Begin, Begin.AddMinutes(39)), (top.Memories, top.From, top.To));
        Assert.True(top.Level >= 2);
        Assert.Contains("saw case", top.Summary, StringComparison.Ordinal);
        Assert.InRange(top.Summary!.Length, 1, 1_200);
        Assert.Equal(turns.Select(turn => turn.Value), leaves.Select(leaf => leaf.Id));
        Assert.Equal("Ada saw case number 7 of the deploy", leaves[7].Summary);
    }

    [Fact]
    public async Task Node_OpensIntoItsChildren()
    {
        await using var shard = await StartAsync();
        await SayAsync(shard, 30);
        var top = Assert.Single((await SessionAsync(shard)).Nodes);

        var opened = (await SessionAsync(shard, node: top.Id)).Nodes;

        Assert.Equal(top.Children, opened.Select(node => node.Id));
        Assert.Equal(30, opened.Sum(node => node.Memories));
        Assert.Empty((await SessionAsync(shard, node: Guid.Empty)).Nodes);
    }

    [Fact]
    public async Task Times_NarrowWhatIsTold()
    {
        await using var shard = await StartAsync();
        await SayAsync(shard, 20);

        var page = await shard.Engine.ReadTimelineAsync(
            new TimelineQuery { Session = "s", Level = 0, From = Begin.AddMinutes(5), To = Begin.AddMinutes(9), Limit = 3 }, Everything, default);

        Assert.Equal([5, 6, 7], page.Nodes.Select(node => (int)(node.From - Begin).TotalMinutes));
        Assert.True(page.HasMore);
    }

    [Fact]
    public async Task OneChange_MakesNoMoreSummariesThanThePathIsLong()
    {
        await using var shard = await StartAsync();
        var turns = await SayAsync(shard, 300);
        var top = Assert.Single((await SessionAsync(shard)).Nodes);
        var made = shard.Engine.TimelineSummaries;
        Assert.True(made > 300);

        await shard.Engine.PatchAsync(new PatchCommand { Id = turns[150], IfVersion = 1, Text = "Ada saw nothing at all", Embedding = Embed("x") }, Everything, default);
        await SessionAsync(shard);

        Assert.Equal(top.Level + 1, shard.Engine.TimelineSummaries - made);

        made = shard.Engine.TimelineSummaries;
        await SessionAsync(shard);
        Assert.Equal(made, shard.Engine.TimelineSummaries);
    }

    [Fact]
    public async Task DeletedMemory_LeavesNoWordInAnySummary()
    {
        await using var shard = await StartAsync();
        var turns = await SayAsync(shard, 12);
        var secret = await SayAsync(shard, "The password of the vault is Xyzzy", 12);
        Assert.Contains("Xyzzy", Texts(await SessionAsync(shard, level: 1)), StringComparison.Ordinal);

        await shard.Engine.DeleteAsync(new DeleteCommand(secret, false, null), Everything, default);

        for (var level = 0; level <= 4; level++)
        {
            Assert.DoesNotContain("Xyzzy", Texts(await SessionAsync(shard, level: level)), StringComparison.Ordinal);
        }

        Assert.Equal(turns.Length, Assert.Single((await SessionAsync(shard)).Nodes).Memories);
    }

    [Fact]
    public async Task Expired_IsToldNoLonger()
    {
        await using var shard = await StartAsync();
        await SayAsync(shard, 10);
        await SayAsync(shard, "The code for today is Plugh", 11, draft => draft with { ExpiresAt = shard.Clock.GetUtcNow().AddHours(1) });
        Assert.Equal(11, Assert.Single((await SessionAsync(shard)).Nodes).Memories);

        shard.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(10, Assert.Single((await SessionAsync(shard)).Nodes).Memories);
        Assert.DoesNotContain("Plugh", Texts(await SessionAsync(shard, level: 0)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thing_HasNodesFromThreeMemoriesOfTwoSessionsOn()
    {
        await using var shard = await StartAsync();
        await SayAsync(shard, "We met Marie Curie in the lab", 0, session: "one");
        await SayAsync(shard, "They heard Marie Curie speak", 1, session: "one");
        Assert.Equal([0, 0], (await ThingAsync(shard, "Marie Curie")).Nodes.Select(node => node.Level));

        await SayAsync(shard, "Later the prize went to Marie Curie", 2, session: "one");
        Assert.Equal([0, 0, 0], (await ThingAsync(shard, "Marie Curie")).Nodes.Select(node => node.Level));

        await SayAsync(shard, "A book about Marie Curie came out", 3, session: "two");

        var top = Assert.Single((await ThingAsync(shard, "marie curie")).Nodes);
        Assert.Equal((1, 4), (top.Level, top.Memories));
        Assert.Contains("prize", top.Summary, StringComparison.Ordinal);
        Assert.Empty((await ThingAsync(shard, "Pierre Curie")).Nodes);
    }

    // A summary of what several agents brought is for who may see all of it; others get what is theirs to see in its place.
    [Fact]
    public async Task WhoMayNotSeeAll_GetsWhatHeMaySee()
    {
        await using var shard = await StartAsync();
        for (var i = 0; i < 9; i++)
        {
            await SayAsync(shard, $"The crane {(i == 4 ? "Xyzzy" : "stands")} at pier {i} of the port", i, agent: i == 4 ? Ben : Ada);
        }

        var directory = new DirectorySnapshot
        {
            Version = 1, Callable = ImmutableDictionary<UserId, ImmutableHashSet<AgentId>>.Empty.Add(Ann, [Ada]),
        };
        var ann = AccessView.Of(new Caller { Tenant = Tenant, Key = Key, Team = Team, User = Ann }, directory);

        for (var level = 0; level <= 3; level++)
        {
            var page = await shard.Engine.ReadTimelineAsync(new TimelineQuery { Session = "s", Level = level, Limit = 100 }, ann, default);
            Assert.Equal(8, page.Nodes.Sum(node => node.Memories));
            Assert.DoesNotContain("Xyzzy", Texts(page), StringComparison.Ordinal);
        }

        Assert.Equal(9, Assert.Single((await SessionAsync(shard)).Nodes).Memories);
    }

    [Fact]
    public async Task PrivateMemories_AreSummedUpApart()
    {
        await using var shard = await StartAsync();
        for (var i = 0; i < 12; i++)
        {
            await SayAsync(shard, $"Plan {i} of the voyage", i, draft => i % 3 == 0 ? draft with { Visibility = Visibility.Private, User = Ann } : draft);
        }

        Assert.Equal([4, 8], (await SessionAsync(shard)).Nodes.Select(node => node.Memories));
    }

    [Fact]
    public async Task MergedFact_IsToldOnceOfAThing_AndAgainWhenTheMergeIsUndone()
    {
        await using var shard = await StartAsync();
        await shard.RememberAsync("The harbour of Lisbon opens at dawn", agent: Ada);
        await shard.RememberAsync("the harbour of Lisbon opens at dawn.", agent: Ada, source: new SourceRef { Session = "s", Turn = "1" });
        await shard.RememberAsync("The harbour of Lisbon opens at dawn", agent: Ben);
        await shard.RememberAsync("A ferry leaves Lisbon at noon", agent: Ada);
        var before = (await ThingAsync(shard, "Lisbon", level: 0)).Nodes.Length;

        var report = await shard.ConsolidateAsync();
        var step = Assert.Single(report.Steps);
        Assert.Equal(before, (await ThingAsync(shard, "Lisbon", level: 0)).Nodes.Length + OnlyToldBy(step));
        await shard.Engine.UndoAsync(step.Id, default);

        Assert.Equal(before, (await ThingAsync(shard, "Lisbon", level: 0)).Nodes.Length);

        // what another agent said stays told: who may call only that one would lose it
        static int OnlyToldBy(ConsolidationStep step) => step.Memories.Length - 1;
    }

    [Fact]
    public async Task Archived_IsNotTold_AndReopeningTellsTheSame()
    {
        await using var shard = await StartAsync();
        await SayAsync(shard, 25);
        var told = Texts(await SessionAsync(shard, level: 1));

        await shard.ReopenAsync();

        Assert.Equal(told, Texts(await SessionAsync(shard, level: 1)));
    }

    private static string Texts(TimelinePage page) => string.Join('\n', page.Nodes.Select(node => node.Summary));

    private static Task<TimelinePage> SessionAsync(ShardHarness shard, int? level = null, Guid? node = null) =>
        shard.Engine.ReadTimelineAsync(new TimelineQuery { Session = "s", Level = level, Node = node, Limit = 200 }, Everything, default);

    private static Task<TimelinePage> ThingAsync(ShardHarness shard, string name, int? level = null) =>
        shard.Engine.ReadTimelineAsync(new TimelineQuery { Entity = name, Level = level, Limit = 200 }, Everything, default);

    private static async Task<MemoryId[]> SayAsync(ShardHarness shard, int count)
    {
        var ids = new List<MemoryId>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await SayAsync(shard, $"Ada saw case number {i} of the deploy", i));
        }

        return [.. ids];
    }

    private static async Task<MemoryId> SayAsync(
        ShardHarness shard, string text, int minute, Func<MemoryDraft, MemoryDraft>? change = null, AgentId? agent = null, string session = "s")
    {
        var command = Command(text, MemoryKind.Event, agent ?? Ada, source: new SourceRef { Session = session, Turn = $"{minute}" });
        var draft = command.Draft with { OccurredAt = Begin.AddMinutes(minute) };
        return (await shard.Engine.RememberAsync(command with { Draft = change?.Invoke(draft) ?? draft }, default)).Id;
    }
}
