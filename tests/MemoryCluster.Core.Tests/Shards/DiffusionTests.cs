using MemoryCluster.Access;
using MemoryCluster.Diffusion;
using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Shards;

public sealed class DiffusionTests
{
    private static readonly MemoryId Source = new(new Guid(77, 0, 0, new byte[8]));
    private static readonly AgentId Foreign = new("foreign");
    private ulong _recalls;

    [Fact]
    public async Task Offer_IsTakenOnce_HoweverOftenItComes()
    {
        await using var shard = await StartAsync();
        var offer = Offer(shard);

        var answers = await Task.WhenAll(shard.Engine.OfferAsync(offer, default), shard.Engine.OfferAsync(offer, default));
        await shard.ReopenAsync();
        var again = await shard.Engine.OfferAsync(offer, default);

        Assert.All([.. answers, again], answer => Assert.True(answer.IsAccepted));
        var copy = (await shard.GetAsync(offer.Copy))!;
        Assert.Equal(1, (await shard.Engine.GetStatisticsAsync(default)).Memories);
        Assert.Equal((MemoryState.Candidate, Visibility.Team, 0.7, "diffused"), (copy.State, copy.Visibility, copy.Utility.Weight, copy.Reason));
        Assert.Equal(Source, Assert.Single(copy.Provenance.DerivedFrom));
        Assert.Equal(offer.Copy, (await shard.RecallAsync("ask before cancel"))[0].Memory.Id);
    }

    [Fact]
    public async Task WhoMayNotSeeTheSource_DoesNotSeeTheCopy()
    {
        await using var shard = await StartAsync();
        var offer = Offer(shard);
        await shard.Engine.OfferAsync(offer, default);
        var user = new UserId("ann");
        var caller = new Caller { Tenant = Tenant, Key = Key, Team = Team, Agent = Agent, User = user };
        var narrow = new DirectorySnapshot { Version = 1, Callable = ImmutableDictionary<UserId, ImmutableHashSet<AgentId>>.Empty.Add(user, [Agent]) };
        var wide = narrow with { Callable = narrow.Callable.SetItem(user, [Agent, Foreign]) };

        Assert.Null(await shard.Engine.GetAsync(offer.Copy, AccessView.Of(caller, narrow), default));
        Assert.NotNull(await shard.Engine.GetAsync(offer.Copy, AccessView.Of(caller, wide), default));
        Assert.Null(await shard.Engine.GetAsync(offer.Copy, AccessView.Of(caller with { Team = new TeamId("green") }, wide), default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Withdrawn_NeverReturns_ThoughTheOfferComesAgain_OrForTheFirstTime(bool offersFirst)
    {
        await using var shard = await StartAsync();
        var offer = Offer(shard);
        if (offersFirst)
        {
            await shard.Engine.OfferAsync(offer, default);
        }

        await shard.Engine.WithdrawAsync(offer.Copy, default);
        await shard.Engine.WithdrawAsync(offer.Copy, default);
        var late = await shard.Engine.OfferAsync(offer, default);
        await shard.ReopenAsync();
        var later = await shard.Engine.OfferAsync(offer, default);

        Assert.Equal([new DiffusionAnswer(false, "withdrawn"), new DiffusionAnswer(false, "withdrawn")], [late, later]);
        Assert.Null(await shard.GetAsync(offer.Copy));
    }

    [Fact]
    public async Task WithdrawnLongAgo_IsRefusedByItsTombstone()
    {
        await using var shard = await StartAsync();
        var offer = Offer(shard);
        await shard.Engine.WithdrawAsync(offer.Copy, default);
        shard.Clock.Advance(TimeSpan.FromDays(2));
        await shard.ReopenAsync();

        await Assert.ThrowsAsync<MemoryClusterException>(() => shard.Engine.OfferAsync(offer, default));
        await shard.ReopenAsync();

        Assert.Null(await shard.GetAsync(offer.Copy));
    }

    [Fact]
    public async Task WhatWasMadeOfACopy_GoesWithIt()
    {
        await using var shard = await StartAsync();
        var offer = Offer(shard);
        await shard.Engine.OfferAsync(offer, default);
        var made = offer with
        {
            Copy = MemoryId.New(shard.Clock.GetUtcNow(), 9, 7), Text = "check every booking twice please",
            Embedding = Embed("check every booking twice please"), Origin = offer.Origin with { Source = offer.Copy },
        };
        await shard.Engine.OfferAsync(made, default);

        await shard.Engine.WithdrawAsync(offer.Copy, default);

        Assert.Null(await shard.GetAsync(made.Copy));
    }

    [Fact]
    public async Task WhatIsSaidHereInTheSameWords_OutlivesTheCopy()
    {
        await using var shard = await StartAsync();
        var offer = Offer(shard);
        await shard.Engine.OfferAsync(offer, default);

        var said = await shard.RememberAsync(offer.Text, offer.Kind, agent: Foreign);
        await shard.Engine.WithdrawAsync(offer.Copy, default);

        Assert.Equal(Decision.Admitted, said.Decision);
        Assert.Equal(said.Id, Assert.Single(await shard.RecallAsync("ask before you cancel")).Memory.Id);
    }

    [Fact]
    public async Task WhatIsDeletedHere_IsNotTakenAgain()
    {
        await using var shard = await StartAsync();
        var offer = Offer(shard);
        await shard.Engine.OfferAsync(offer, default);
        await shard.Engine.DeleteAsync(new DeleteCommand(offer.Copy, false, null), Everything, default);

        Assert.Equal(new DiffusionAnswer(false, "deleted_there"), await shard.Engine.OfferAsync(offer, default));
    }

    [Fact]
    public async Task WhatIsKnownHere_OrHasNoRoom_IsRefused()
    {
        await using var shard = await StartAsync();
        await shard.RememberAsync("ask <NAME> before you cancel");

        Assert.Equal(new DiffusionAnswer(false, "known_there"), await shard.Engine.OfferAsync(Offer(shard), default));
        shard.Engine.Apply(new TeamPolicy { Version = 2, MemoriesMax = 1, MergeSimilarity = 1 });
        Assert.Equal(new DiffusionAnswer(false, "team_full"), await shard.Engine.OfferAsync(Offer(shard), default));
    }

    [Fact]
    public async Task OwnUse_ConfirmsTheCopy_OrArchivesIt()
    {
        await using var shard = await StartAsync();
        var good = Offer(shard);
        var bad = Offer(shard) with
        {
            Copy = MemoryId.New(shard.Clock.GetUtcNow(), 6, 7), Text = "restart the whole thing at once", Embedding = Embed("restart the whole thing at once"),
            Origin = good.Origin with { Source = new MemoryId(new Guid(78, 0, 0, new byte[8])), General = new Guid(2, 0, 0, new byte[8]) },
        };
        await shard.Engine.OfferAsync(good, default);
        await shard.Engine.OfferAsync(bad, default);

        for (var i = 0; i < 6; i++)
        {
            await ReportAsync(shard, good.Copy, 1);
            await ReportAsync(shard, bad.Copy, 0);
        }

        var confirmed = (await shard.GetAsync(good.Copy))!;
        Assert.Equal((MemoryState.Active, "confirmed_by_use"), (confirmed.State, confirmed.Reason));
        Assert.Equal(DiffusionStatus.Confirmed, DiffusionRules.StatusOf(confirmed).Status);
        Assert.Equal(DiffusionStatus.Refuted, DiffusionRules.StatusOf(await shard.GetAsync(bad.Copy)).Status);
        Assert.Equal(DiffusionStatus.Declined, DiffusionRules.StatusOf(null).Status);
    }

    [Fact]
    public async Task Nearness_IsMeasuredOnOwnMemories()
    {
        await using var shard = await StartAsync();
        Assert.Equal(default, await shard.Engine.GetNearnessAsync(Embed("alpha"), default));
        await shard.Engine.OfferAsync(Offer(shard), default);
        Assert.Equal(default, await shard.Engine.GetNearnessAsync(Embed("ask"), default));
        await shard.RememberAsync("alpha beta");
        await shard.RememberAsync("gamma delta");

        var nearness = await shard.Engine.GetNearnessAsync(Embed("alpha beta"), default);

        Assert.True(nearness.Best > 0.99 && nearness.Mean is > 0.4 and < 0.9, $"{nearness}");
    }

    private static DiffusionOffer Offer(ShardHarness shard)
    {
        const string text = "ask <NAME> before you cancel";
        return new DiffusionOffer
        {
            Copy = MemoryId.New(shard.Clock.GetUtcNow(), 5, 7),
            Origin = new DiffusionOrigin { Source = Source, SourceVersion = 1, Team = new TeamId("blue"), General = new Guid(1, 0, 0, new byte[8]) },
            Kind = MemoryKind.Lesson,
            Text = text,
            Embedding = Embed(text),
            Provenance = new Provenance { Agents = [Foreign], WrittenBy = Key },
            Times = new MemoryTimes { CreatedAt = shard.Clock.GetUtcNow(), UpdatedAt = shard.Clock.GetUtcNow() },
            Weight = 0.7,
            Trust = 0.5,
        };
    }

    private async Task ReportAsync(ShardHarness shard, MemoryId used, double reward)
    {
        var recall = RecallId.New(shard.Clock.GetUtcNow(), ++_recalls, 7);
        shard.Engine.NoteRecall(new RecallNote(recall, Key, [used]));
        await shard.Engine.RecordOutcomeAsync(new RecallOutcome { Recall = recall, Reward = reward, Used = [used] }, Key, default);
    }
}
