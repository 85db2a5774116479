using MemoryCluster.Access;
using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Shards;

public sealed class SupersessionTests
{
    private static readonly AgentId Ada = new("ada");
    private static readonly AgentId Ben = new("ben");
    private static readonly UserId Ann = new("ann");

    private static readonly DateTimeOffset Before = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Since = new(2023, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task LaterFact_EndsTheEarlier_AndBothAreFoundAsOfTheirTimes()
    {
        await using var shard = await StartAsync();
        var paris = await SayAsync(shard, "Alice lives in Paris", Before);
        var rome = await SayAsync(shard, "Alice lives in Rome", Since, Ben);

        var step = Assert.Single((await shard.ConsolidateAsync()).Steps);

        Assert.Equal((ConsolidationReason.Superseded, rome, paris), (step.Reason, step.By, Assert.Single(step.Memories)));
        var ended = (await shard.GetAsync(paris))!;
        Assert.Equal((MemoryState.Active, Since, rome), (ended.State, ended.Times.ValidTo, ended.SupersededBy()));
        Assert.Equal(rome, Assert.Single(await FoundAsync(shard, null)));
        Assert.Equal(paris, Assert.Single(await FoundAsync(shard, Since.AddDays(-1))));
        Assert.Equal(rome, Assert.Single(await FoundAsync(shard, Since)));
        Assert.Empty((await shard.ConsolidateAsync()).Steps);
    }

    [Theory]
    [InlineData("The flight leaves at 8", "The flight leaves at 9", true)]
    [InlineData("Ann's favourite colour is blue", "Ann's favourite colour is green", true)]
    [InlineData("The owner of the parser is Ann", "The owner of the parser is Bob", true)]
    [InlineData("The API supports paging", "The API does not support paging", true)]
    [InlineData("Room 8 is booked", "Room 9 is booked", false)]
    [InlineData("Ann likes tea", "Ann likes coffee", false)]
    [InlineData("Ann is tall", "Ann is kind", false)]
    [InlineData("The parser needs a flag", "The invoice needs a flag", false)]
    [InlineData("Ann lives in Paris", "Bob lives in Rome", false)]
    public async Task Facts_EndEachOther_WhereTheMatterHasOneValue(string earlier, string later, bool ends)
    {
        await using var shard = await StartAsync();
        await SayAsync(shard, earlier, Before);
        await SayAsync(shard, later, Since);

        Assert.Equal(ends, (await shard.ConsolidateAsync()).Steps.Length == 1);
    }

    [Fact]
    public async Task WithoutATimeSinceWhen_NothingIsEnded()
    {
        await using var shard = await StartAsync();
        await SayAsync(shard, "The flight leaves at 8", null);
        await SayAsync(shard, "The flight leaves at 9", null);

        Assert.Empty((await shard.ConsolidateAsync()).Steps);
    }

    [Fact]
    public async Task TimesThatDoNotOverlap_DoNotContradict()
    {
        await using var shard = await StartAsync();
        await SayAsync(shard, "Alice lives in Paris", Before, validTo: Since.AddYears(-1));
        await SayAsync(shard, "Alice lives in Rome", Since);

        Assert.Empty((await shard.ConsolidateAsync()).Steps);
    }

    [Fact]
    public async Task ThreeInTurn_EachEndsWithTheNext_InWhateverOrderTheyCame()
    {
        await using var shard = await StartAsync();
        var oslo = await SayAsync(shard, "Alice lives in Oslo", Since.AddYears(1));
        var paris = await SayAsync(shard, "Alice lives in Paris", Before);
        var rome = await SayAsync(shard, "Alice lives in Rome", Since);

        await shard.ConsolidateAsync();

        Assert.Equal(oslo, Assert.Single(await FoundAsync(shard, Since.AddYears(2))));
        Assert.Equal(oslo, Assert.Single(await FoundAsync(shard, null)));
        Assert.DoesNotContain(oslo, await FoundAsync(shard, Since.AddDays(1)));
        Assert.Contains(paris, await FoundAsync(shard, Before.AddDays(1)));
        Assert.NotEqual(rome, Assert.Single(await FoundAsync(shard, Since.AddYears(2))));
    }

    [Fact]
    public async Task DeletedLaterFact_TheEarlierIsTrueAgain()
    {
        await using var shard = await StartAsync();
        var paris = await SayAsync(shard, "Alice lives in Paris", Before);
        var rome = await SayAsync(shard, "Alice lives in Rome", Since);
        await shard.ConsolidateAsync();

        await shard.Engine.DeleteAsync(new DeleteCommand(rome, false, null), Everything, default);

        var memory = (await shard.GetAsync(paris))!;
        Assert.Equal((null, null), (memory.Times.ValidTo, memory.SupersededBy()));
        Assert.Equal(paris, Assert.Single(await FoundAsync(shard, null)));
    }

    [Fact]
    public async Task Undone_BothStandAsTheyWereSaid()
    {
        await using var shard = await StartAsync();
        var paris = await SayAsync(shard, "Alice lives in Paris", Before);
        await SayAsync(shard, "Alice lives in Rome", Since);
        var step = Assert.Single((await shard.ConsolidateAsync()).Steps);

        await shard.Engine.UndoAsync(step.Id, default);

        Assert.Null((await shard.GetAsync(paris))!.Times.ValidTo);
        Assert.Equal(2, (await FoundAsync(shard, null)).Count());
        Assert.Empty((await shard.ConsolidateAsync()).Steps);
    }

    [Fact]
    public async Task WhoMayNotSeeTheLaterFact_StillFindsTheEarlier()
    {
        await using var shard = await StartAsync();
        var paris = await SayAsync(shard, "Alice lives in Paris", Before);
        await SayAsync(shard, "Alice lives in Rome", Since, Ben);
        await shard.ConsolidateAsync();
        var directory = new DirectorySnapshot { Version = 1, Callable = ImmutableDictionary<UserId, ImmutableHashSet<AgentId>>.Empty.Add(Ann, [Ada]) };
        var onlyAda = AccessView.Of(new Caller { Tenant = Tenant, Key = Key, Team = Team, Agent = Ada, User = Ann }, directory);

        Assert.Equal(paris, Assert.Single(await FoundAsync(shard, null, onlyAda)));
    }

    [Fact]
    public async Task WhatSaidTheSameAsAnEndedFact_EndsWithIt()
    {
        await using var shard = await StartAsync();
        await SayAsync(shard, "Alice lives in Paris", Before);
        await SayAsync(shard, "Alice lives in Paris.", Before, Ben);
        await shard.ConsolidateAsync();
        var rome = await SayAsync(shard, "Alice lives in Rome", Since);
        await shard.ConsolidateAsync();

        Assert.Equal(rome, Assert.Single(await FoundAsync(shard, null)));
        Assert.Single(await FoundAsync(shard, Since.AddDays(-1)));
    }

    private static async Task<MemoryId> SayAsync(ShardHarness shard, string text, DateTimeOffset? validFrom, AgentId? agent = null, DateTimeOffset? validTo = null)
    {
        var draft = Command(text).Draft with { ValidFrom = validFrom, ValidTo = validTo };
        return (await shard.Engine.RememberAsync(new RememberCommand(agent ?? Ada, draft, null), default)).Id;
    }

    private static async Task<IEnumerable<MemoryId>> FoundAsync(ShardHarness shard, DateTimeOffset? asOf, AccessView? view = null)
    {
        var access = view ?? Everything;
        var query = new RecallQuery { Team = Team, Caller = access.Caller, Text = "where Alice lives", K = 10, AsOf = asOf };
        var answer = await shard.Engine.SearchAsync(new ShardQuery(query, [Embed(query.Text)], 0), access, default);
        return answer.Candidates.Select(hit => hit.Memory.Id);
    }
}
