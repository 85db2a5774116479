using MemoryCluster.Core.Tests.Shards;
using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Recall;

public sealed class RecallFilterTests
{
    private static readonly RecallQuery Query = new() { Team = Team, Caller = Everything.Caller, Text = "", K = 10 };

    [Fact]
    public async Task AsOf_FindsWhatWasTrueThen()
    {
        await using var shard = await StartAsync();
        var now = shard.Clock.GetUtcNow();
        await RememberAsync(shard, "the lead is Ann", draft => draft with { ValidTo = now.AddDays(-1) });
        await RememberAsync(shard, "the lead is Bob", draft => draft with { ValidFrom = now.AddDays(-1) });

        Assert.Equal("the lead is Bob", Assert.Single(await shard.RecallAsync("who is the lead", like: Query)).Memory.Text);
        var before = Query with { AsOf = now.AddDays(-2) };
        Assert.Equal("the lead is Ann", Assert.Single(await shard.RecallAsync("who is the lead", like: before)).Memory.Text);
    }

    [Fact]
    public async Task Expired_IsNeitherFoundNorRead()
    {
        await using var shard = await StartAsync();
        var id = await RememberAsync(shard, "soon gone", draft => draft with { ExpiresAt = shard.Clock.GetUtcNow().AddMinutes(1) });

        Assert.Single(await shard.RecallAsync("soon gone"));
        shard.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(await shard.RecallAsync("soon gone"));
        Assert.Null(await shard.GetAsync(id));
    }

    [Fact]
    public async Task KindsAndTagsAndOccurrence_Narrow()
    {
        await using var shard = await StartAsync();
        var day = shard.Clock.GetUtcNow().AddDays(-10);
        await RememberAsync(shard, "apple one", draft => draft with { Tags = ["fruit", "red"], OccurredAt = day });
        await RememberAsync(shard, "apple two", draft => draft with { Tags = ["fruit"], Kind = MemoryKind.Lesson });

        Assert.Equal("apple two", Assert.Single(await shard.RecallAsync("apple", like: Query with { Kinds = [MemoryKind.Lesson] })).Memory.Text);
        Assert.Equal("apple one", Assert.Single(await shard.RecallAsync("apple", like: Query with { Tags = ["red", "fruit"] })).Memory.Text);
        Assert.Equal("apple one", Assert.Single(await shard.RecallAsync("apple", like: Query with { OccurredFrom = day, OccurredTo = day })).Memory.Text);
        Assert.Empty(await shard.RecallAsync("apple", like: Query with { OccurredTo = day.AddDays(-1) }));
    }

    [Fact]
    public async Task ForeignTeam_IsShownOnlyWhatIsShared()
    {
        await using var shard = await StartAsync();
        await RememberAsync(shard, "team matter", draft => draft);
        await RememberAsync(shard, "shared matter", draft => draft with { Visibility = Visibility.Shared });

        var hit = Assert.Single(await shard.RecallAsync("matter", like: Query with { Team = new TeamId("blue") }));

        Assert.Equal("shared matter", hit.Memory.Text);
    }

    [Fact]
    public async Task EqualQueries_GiveEqualPages_AndTheTokenBudgetHolds()
    {
        await using var shard = await StartAsync();
        for (var i = 0; i < 30; i++)
        {
            await shard.RememberAsync($"note {i} about the same subject", MemoryKind.Event);
        }

        var first = await shard.RecallAsync("subject", 20);
        var second = await shard.RecallAsync("subject", 20);
        var budgeted = await shard.RecallAsync("subject", 20, Query with { TokenBudget = 30 });

        Assert.Equal(first.Select(hit => hit.Memory.Id), second.Select(hit => hit.Memory.Id));
        Assert.Equal(20, first.Length);
        Assert.InRange(budgeted.Sum(hit => MemoryCluster.Recall.RecallFusion.TokensOf(hit.Memory.Text)), 1, 30);
    }

    private static async Task<MemoryId> RememberAsync(ShardHarness shard, string text, Func<MemoryDraft, MemoryDraft> change)
    {
        var command = Command(text);
        return (await shard.Engine.RememberAsync(command with { Draft = change(command.Draft) }, default)).Id;
    }
}
