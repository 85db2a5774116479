using MemoryCluster.Access;
using MemoryCluster.Core.Tests.Shards;

namespace MemoryCluster.Core.Tests.Recall;

public sealed class EvidenceSearchTests
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
        var hit = found.Single(hit => hit.Memory.Id == answer);
        Assert.True(hit.Scores.Graph > 0);
        Assert.True(hit.Scores.Graph > hit.Scores.Lexical);
        Assert.Single(await RecallAsync(shard, RecallChannels.Lexical));
    }

    [Fact]
    public async Task Answer_OutranksWhatStandsFartherAway()
    {
        await using var shard = await ShardHarness.StartAsync();
        var far = await SayAsync(shard, "5", "Bob: Good morning.");
        await SayAsync(shard, "6", "Bob: Good day.");
        await SayAsync(shard, "7", "Ann: Where did you buy the telescope?");
        var after = await SayAsync(shard, "8", "Bob: In Lisbon.");

        var found = (await RecallAsync(shard, RecallChannels.Lexical | RecallChannels.Graph)).Select(hit => hit.Memory.Id).ToList();

        Assert.Equal(4, found.Count);
        Assert.True(found.IndexOf(after) < found.IndexOf(far));
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

        Assert.Contains(third, found.Select(hit => hit.Memory.Id));
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

    [Fact]
    public async Task SecondHop_IsFoundByWhatTheFirstNames()
    {
        await using var shard = await ShardHarness.StartAsync();
        await FillAsync(shard);
        var paper = (await shard.RememberAsync("Collegian: The Collegian is a newspaper of Malden Academy.")).Id;
        var owner = (await shard.RememberAsync("Malden Academy: Malden Academy was founded in 1853 by a painter.")).Id;
        await shard.RememberAsync("Orne Bridge: It was founded on rock, a bridge of some age.");

        var found = await AskAsync(shard, "When was the owner of the Collegian founded?");

        Assert.Equal([paper, owner], found.Take(2).Select(hit => hit.Memory.Id).Order());
        Assert.True(found.Single(hit => hit.Memory.Id == owner).Scores.Graph > 0);
    }

    [Fact]
    public async Task HiddenHit_LeadsToNothing()
    {
        await using var shard = await ShardHarness.StartAsync();
        await FillAsync(shard);
        var hidden = ShardHarness.Command("Collegian: The Collegian is a newspaper of Malden Academy.", user: new UserId("ann"));
        await shard.Engine.RememberAsync(hidden with { Draft = hidden.Draft with { Visibility = Visibility.Private } }, default);
        await shard.RememberAsync("Malden Academy: Malden Academy stands on a hill.");

        Assert.Empty(await AskAsync(shard, "Collegian newspaper", Bob));
        Assert.Equal(2, (await AskAsync(shard, "Collegian newspaper")).Length);
    }

    [Fact]
    public async Task HiddenHolder_IsNotLedTo()
    {
        await using var shard = await ShardHarness.StartAsync();
        await FillAsync(shard);
        await shard.RememberAsync("Collegian: The Collegian is a newspaper of Malden Academy.");
        var hidden = ShardHarness.Command("Malden Academy: Malden Academy stands on a hill.", user: new UserId("ann"));
        await shard.Engine.RememberAsync(hidden with { Draft = hidden.Draft with { Visibility = Visibility.Private } }, default);

        Assert.Single(await AskAsync(shard, "Collegian newspaper", Bob));
    }

    [Fact]
    public async Task HiddenTurn_GivesItsSessionNoCoverage()
    {
        await using var shard = await ShardHarness.StartAsync();
        await SayAsync(shard, "1", "Ann: The telescope needs a lens.");
        await SayAsync(shard, "1", "Ann: The telescope is blue.", "other");
        var before = await RecallAsync(shard, RecallChannels.Lexical | RecallChannels.Graph, Bob);
        await SayAsync(shard, "9", "Ann: A secret telescope.", user: new UserId("ann"), visibility: Visibility.Private);

        var after = await RecallAsync(shard, RecallChannels.Lexical | RecallChannels.Graph, Bob);

        Assert.Equal(before.Select(hit => hit.Memory.Id), after.Select(hit => hit.Memory.Id));
        Assert.Equal(before.Select(hit => hit.Scores.Graph), after.Select(hit => hit.Scores.Graph));
    }

    [Theory]
    [InlineData("What did we see in June 2023?")]
    [InlineData("What did we see in June?")]
    public async Task NamedDays_LiftWhatHappenedThen(string question)
    {
        await using var shard = await ShardHarness.StartAsync();
        var spring = await HappenAsync(shard, "We see a fox.", new DateTimeOffset(2023, 3, 12, 0, 0, 0, TimeSpan.Zero));
        var summer = await HappenAsync(shard, "We see an owl.", new DateTimeOffset(2023, 6, 12, 0, 0, 0, TimeSpan.Zero));

        var found = await AskAsync(shard, question);

        Assert.Equal([summer, spring], found.Select(hit => hit.Memory.Id));
        Assert.True(found[0].Scores.Temporal > 0);
        Assert.Equal(0, found[1].Scores.Temporal);
    }

    [Fact]
    public async Task LastWeek_IsUnderstoodFromTheDayOfTheQuestion()
    {
        await using var shard = await ShardHarness.StartAsync();
        await HappenAsync(shard, "We see a fox.", new DateTimeOffset(2023, 3, 12, 0, 0, 0, TimeSpan.Zero));
        var summer = await HappenAsync(shard, "We see an owl.", new DateTimeOffset(2023, 6, 12, 0, 0, 0, TimeSpan.Zero));

        var found = await AskAsync(shard, "What did we see last week?", asOf: new DateTimeOffset(2023, 6, 20, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(summer, found[0].Memory.Id);
    }

    [Fact]
    public async Task TextThatTellsOfTheDays_CountsToo()
    {
        await using var shard = await ShardHarness.StartAsync();
        var told = await HappenAsync(shard, "Last month we saw a fox.", new DateTimeOffset(2023, 7, 30, 0, 0, 0, TimeSpan.Zero));
        await HappenAsync(shard, "At sea we saw a fox.", new DateTimeOffset(2023, 11, 30, 0, 0, 0, TimeSpan.Zero));

        var found = await AskAsync(shard, "saw a fox in June 2023");

        Assert.Equal(told, found[0].Memory.Id);
        Assert.True(found[0].Scores.Temporal > 0);
    }

    [Fact]
    public async Task Speaker_NamedInTheQuestion_IsPreferred()
    {
        await using var shard = await ShardHarness.StartAsync();
        await SayAsync(shard, "1", "Ann: My telescope is small.");
        var bob = await SayAsync(shard, "1", "Bob: My telescope is small.", "other");

        Assert.Equal(bob, (await AskAsync(shard, "How small is the telescope of Bob?"))[0].Memory.Id);
    }

    [Fact]
    public async Task ReopenedShard_AnswersAsBefore()
    {
        await using var shard = await ShardHarness.StartAsync();
        for (var i = 0; i < 80; i++)
        {
            var text = $"Place {i % 7}: In {1990 + (i % 5)} the Tower {i % 11} met Ann {i % 3} near water {i}.";
            var gone = (await shard.RememberAsync($"Tower {i % 4}: Ann {i} is gone.")).Id;
            await shard.RememberAsync(text);
            await shard.Engine.DeleteAsync(new DeleteCommand(gone, false, null), ShardHarness.Everything, default);
        }

        string[] questions = ["Who met Ann 2 near the Tower 4?", "What was in Place 3 in 1992?", "water 17"];
        var before = await AnswersAsync();
        await shard.ReopenAsync();

        Assert.Equal(before, await AnswersAsync());

        async Task<List<(MemoryId Id, double Score)>> AnswersAsync()
        {
            var answers = new List<(MemoryId, double)>();
            foreach (var question in questions)
            {
                answers.AddRange((await AskAsync(shard, question)).Select(hit => (hit.Memory.Id, hit.Score)));
            }

            return answers;
        }
    }

    [Fact]
    public async Task ShardWithoutVectors_AnswersByTheOtherChannels()
    {
        await using var shard = await ShardHarness.StartAsync();
        await shard.RememberAsync("The bakery opens at seven.");

        var answer = await shard.Engine.SearchAsync(new ShardQuery(Query("bakery", null), [], 0), ShardHarness.Everything, default);

        Assert.Equal(RecallChannels.All & ~RecallChannels.Vector, answer.ChannelsSearched);
        Assert.Single(answer.Candidates);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?!")]
    [InlineData("the of and")]
    [InlineData("zebra")]
    public async Task QueryWithoutKnownWords_IsAnswered(string question)
    {
        await using var shard = await ShardHarness.StartAsync();
        await FillAsync(shard);

        Assert.All(await AskAsync(shard, question), hit => Assert.True(double.IsFinite(hit.Score)));
    }

    private static AccessView Bob { get; } = AccessView.Of(
        new Caller { Tenant = ShardHarness.Tenant, Key = ShardHarness.Key, Team = ShardHarness.Team, Agent = ShardHarness.Agent },
        new DirectorySnapshot { Version = 0 });

    // Words and things are rare only beside others.
    private static async Task FillAsync(ShardHarness shard)
    {
        for (var i = 0; i < 40; i++)
        {
            await shard.RememberAsync($"Filler {i}x says that green{i} goes with blue{i}.");
        }
    }

    private static async Task<MemoryId> HappenAsync(ShardHarness shard, string text, DateTimeOffset at)
    {
        var command = ShardHarness.Command(text, MemoryKind.Event);
        return (await shard.Engine.RememberAsync(command with { Draft = command.Draft with { OccurredAt = at } }, default)).Id;
    }

    private static RecallQuery Query(string text, AccessView? access, DateTimeOffset? asOf = null) =>
        new() { Team = ShardHarness.Team, Caller = (access ?? ShardHarness.Everything).Caller, Text = text, K = 10, AsOf = asOf };

    // Without vectors, whose similarity between any two texts would make candidates of all.
    private static async Task<ImmutableArray<RecallHit>> AskAsync(ShardHarness shard, string text, AccessView? access = null, DateTimeOffset? asOf = null) =>
        (await shard.Engine.SearchAsync(new ShardQuery(Query(text, access, asOf), [], 0), access ?? ShardHarness.Everything, default)).Candidates;

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
