using MemoryCluster.Access;
using MemoryCluster.Core.Tests.Shards;

namespace MemoryCluster.Core.Tests.Recall;

public sealed class NeighbourSearchTests
{
    [Fact]
    public async Task Answer_IsFoundByTheQuestionBeforeIt()
    {
        await using var shard = await ShardHarness.StartAsync();
        await SayAsync(shard, "D1:1", "Ann: Where did you buy the telescope?");
        var answer = await SayAsync(shard, "D1:2", "Bob: In Lisbon.");
        await SayAsync(shard, "D1:9", "Bob: My car is red.");

        var found = await RecallAsync(shard, RecallChannels.Lexical | RecallChannels.Graph);

        Assert.Equal(2, found.Length);
        Assert.Equal(answer, found[1].Memory.Id);
        Assert.Equal(1, found[1].Scores.GraphRank);
        Assert.Equal(0, found[1].Scores.LexicalRank);
        Assert.Single(await RecallAsync(shard, RecallChannels.Lexical));
    }

    [Fact]
    public async Task Answer_OutranksWhatStandsBeforeTheQuestion()
    {
        await using var shard = await ShardHarness.StartAsync();
        var before = await SayAsync(shard, "6", "Bob: Good morning.");
        var question = await SayAsync(shard, "7", "Ann: Where did you buy the telescope?");
        var after = await SayAsync(shard, "8", "Bob: In Lisbon.");

        var found = await RecallAsync(shard, RecallChannels.Lexical | RecallChannels.Graph);

        Assert.Equal([question, after, before], found.Select(hit => hit.Memory.Id));
    }

    [Fact]
    public async Task Neighbours_OfAnotherChat_AreNone()
    {
        await using var shard = await ShardHarness.StartAsync();
        await SayAsync(shard, "1", "Ann: Where did you buy the telescope?");
        await SayAsync(shard, "2", "Bob: In Lisbon.", "other");

        Assert.Single(await RecallAsync(shard, RecallChannels.Graph | RecallChannels.Lexical));
    }

    [Fact]
    public async Task Neighbour_ThatIsDeleted_IsGoneAndTheNextStandsBeside()
    {
        await using var shard = await ShardHarness.StartAsync();
        await SayAsync(shard, "1", "Ann: Where did you buy the telescope?");
        var second = await SayAsync(shard, "2", "Bob: In Lisbon.");
        var third = await SayAsync(shard, "3", "Bob: Last year.");
        await shard.Engine.DeleteAsync(new DeleteCommand(second, false, null), ShardHarness.Everything, default);

        var found = await RecallAsync(shard, RecallChannels.Lexical | RecallChannels.Graph);

        Assert.Equal(third, found[1].Memory.Id);
        Assert.Equal(2, found.Length);
    }

    [Fact]
    public async Task HiddenHit_GivesItsNeighboursNoEvidence()
    {
        await using var shard = await ShardHarness.StartAsync();
        await SayAsync(shard, "1", "Ann: Where did you buy the telescope?", user: new UserId("ann"), visibility: Visibility.Private);
        await SayAsync(shard, "2", "Bob: In Lisbon.");
        var bob = AccessView.Of(
            new Caller { Tenant = ShardHarness.Tenant, Key = ShardHarness.Key, Team = ShardHarness.Team, Agent = ShardHarness.Agent },
            new DirectorySnapshot { Version = 0 });

        Assert.Empty(await RecallAsync(shard, RecallChannels.Lexical | RecallChannels.Graph, bob));
        Assert.Equal(2, (await RecallAsync(shard, RecallChannels.Lexical | RecallChannels.Graph)).Length);
    }

    [Fact]
    public async Task Turns_WithoutANumberOrSession_HaveNoNeighbours()
    {
        await using var shard = await ShardHarness.StartAsync();
        await SayAsync(shard, "\"first\"", "Ann: Where did you buy the telescope?");
        await SayAsync(shard, "\"second\"", "Bob: In Lisbon.");

        Assert.Single(await RecallAsync(shard, RecallChannels.Lexical | RecallChannels.Graph));
    }

    private static async Task<MemoryId> SayAsync(
        ShardHarness shard, string turn, string text, string session = "chat", UserId? user = null, Visibility visibility = Visibility.Team)
    {
        var command = ShardHarness.Command(text, MemoryKind.Episode, user: user, source: new SourceRef { Session = session, Turn = turn });
        var result = await shard.Engine.RememberAsync(command with { Draft = command.Draft with { Visibility = visibility } }, default);
        return result.Id;
    }

    private static async Task<ImmutableArray<RecallHit>> RecallAsync(ShardHarness shard, RecallChannels channels, AccessView? access = null)
    {
        var view = access ?? ShardHarness.Everything;
        var query = new RecallQuery { Team = ShardHarness.Team, Caller = view.Caller, Text = "telescope", K = 10, Channels = channels };
        return (await shard.Engine.SearchAsync(new ShardQuery(query, [], 0), view, default)).Candidates;
    }
}
