using MemoryCluster.Embedders;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;

namespace MemoryCluster.Core.Tests.Shards;

/// <summary>A shard on its way from one embedder to another.</summary>
public sealed class ModelChangeTests
{
    private static readonly HashedEmbedder Before = new(256);
    private static readonly HashedEmbedder After = new(384);

    private static readonly string[] Texts =
    [
        .. from who in new[] { "Ada", "Björn", "Chiara", "Dmitri", "Elif", "Fatou", "Goro", "Hana", "Idris", "Jun" }
           from what in new[] { "repairs bicycles", "sails to Iceland", "grows tomatoes", "studies glaciers", "bakes rye bread", "restores old clocks" }
           select $"{who} {what}",
    ];

    [Fact]
    public async Task VectorsOfBothModels_AreFound_WhileTheyMove()
    {
        await using var shard = await FilledAsync();
        shard.Engine.Use(After.Model);

        for (var moved = 0; moved <= Texts.Length; moved += 10)
        {
            Assert.Equal(Texts.Length - moved, (await shard.Engine.GetStatisticsAsync(default)).Unembedded);
            foreach (var text in Texts)
            {
                await AssertFoundAsync(shard, text);
            }

            await MoveAsync(shard, 10);
        }

        Assert.Empty(shard.Engine.NextToEmbed(10));
        Assert.Equal(After.Model, (await shard.Engine.GetStatisticsAsync(default)).Embedder);
    }

    [Fact]
    public async Task AnswerSaysWhichModelsItHolds_AndClaimsTheChannelOnlyWhereAllWereReached()
    {
        await using var shard = await FilledAsync();
        shard.Engine.Use(After.Model);
        await MoveAsync(shard, 10);

        var both = await VectorHitsAsync(shard, Texts[0], Before.Model, After.Model);
        var one = await VectorHitsAsync(shard, Texts[0], After.Model);
        var none = await VectorHitsAsync(shard, Texts[0]);

        Assert.Equal(["hashed-1@256", "hashed-1@384"], both.Models.Order());
        Assert.Equal(RecallChannels.Vector, both.ChannelsSearched);
        Assert.Equal(RecallChannels.None, one.ChannelsSearched);
        Assert.Equal(10, one.Candidates.Length);
        Assert.Empty(none.Candidates);
    }

    [Fact]
    public async Task CrashInTheMiddle_LosesNoVector_AndTheRestIsMovedAfterIt()
    {
        var stores = new GatedStores();
        await using var shard = await FilledAsync(stores);
        shard.Engine.Use(After.Model);
        await MoveAsync(shard, 25);

        // The next ten are decided and never become durable for this owner: another takes the store.
        stores.Gate = new TaskCompletionSource();
        var lost = MoveAsync(shard, 10);
        shard.OpenedFor = After.Model;
        await shard.ReopenAsync();
        stores.Gate.SetResult();
        stores.Gate = null;
        Assert.Equal(MemoryFault.ShardUnavailable, (await Assert.ThrowsAsync<MemoryClusterException>(() => lost)).Fault);

        Assert.Equal(Texts.Length - 25, (await shard.Engine.GetStatisticsAsync(default)).Unembedded);
        foreach (var text in Texts)
        {
            await AssertFoundAsync(shard, text);
        }

        while (await MoveAsync(shard, 10) > 0)
        {
        }

        await shard.ReopenAsync();
        Assert.Equal(0, (await shard.Engine.GetStatisticsAsync(default)).Unembedded);
        Assert.Equal(Texts[5], (await VectorHitsAsync(shard, Texts[5], After.Model)).Candidates[0].Memory.Text);
    }

    [Fact]
    public async Task MemoryChangedOrDeletedMeanwhile_KeepsWhatItBecame()
    {
        await using var shard = await FilledAsync();
        shard.Engine.Use(After.Model);
        var texts = shard.Engine.NextToEmbed(3);
        var changed = (await shard.GetAsync(texts[0].Id))!;
        await shard.Engine.PatchAsync(
            new PatchCommand { Id = changed.Id, IfVersion = 1, Text = "something else", Embedding = Before.Embed("something else") },
            ShardHarness.Everything, default);
        await shard.Engine.DeleteAsync(new DeleteCommand(texts[1].Id, false, null), ShardHarness.Everything, default);

        var moved = await shard.Engine.EmbedAsync(texts, [.. texts.Select(text => After.Embed(text.Text))], default);

        Assert.Equal(1, moved);
        Assert.Null(await shard.GetAsync(texts[1].Id));
        Assert.Equal("something else", (await shard.GetAsync(texts[0].Id))!.Text);
        Assert.Contains(shard.Engine.NextToEmbed(100), text => text == new UnembeddedText(changed.Id, "something else"));
    }

    [Fact]
    public async Task MovedMemory_IsTheSameRecord()
    {
        await using var shard = await FilledAsync();
        var before = shard.Engine.NextToEmbed(1);
        Assert.Empty(before);
        shard.Engine.Use(After.Model);
        var text = Assert.Single(shard.Engine.NextToEmbed(1));
        var record = await shard.GetAsync(text.Id);

        await shard.Engine.EmbedAsync([text], [After.Embed(text.Text)], default);
        await shard.ReopenAsync();

        Assert.Equal(record!.Version, (await shard.GetAsync(text.Id))!.Version);
        Assert.Equal(record.Seq, (await shard.GetAsync(text.Id))!.Seq);
    }

    private static async Task<ShardHarness> FilledAsync(IShardStores? stores = null)
    {
        var shard = await ShardHarness.StartAsync(stores ?? new InMemoryShardStores());
        shard.OpenedFor = Before.Model;
        await shard.ReopenAsync();
        foreach (var text in Texts)
        {
            var command = ShardHarness.Command(text);
            await shard.Engine.RememberAsync(command with { Draft = command.Draft with { Embedding = Before.Embed(text) } }, default);
        }

        return shard;
    }

    private static async Task AssertFoundAsync(ShardHarness shard, string text)
    {
        var answer = await VectorHitsAsync(shard, text, Before.Model, After.Model);
        Assert.Equal(text, answer.Candidates[0].Memory.Text);
    }

    private static Task<int> MoveAsync(ShardHarness shard, int count)
    {
        var texts = shard.Engine.NextToEmbed(count);
        return shard.Engine.EmbedAsync(texts, [.. texts.Select(text => After.Embed(text.Text))], default);
    }

    private static Task<ShardAnswer> VectorHitsAsync(ShardHarness shard, string text, params EmbedderModel[] models)
    {
        var query = new RecallQuery
        {
            Team = ShardHarness.Team, Caller = ShardHarness.Everything.Caller, Text = text, K = 10, Channels = RecallChannels.Vector,
        };
        var vectors = models.Select(model => (model == Before.Model ? Before : After).Embed(text));
        return shard.Engine.SearchAsync(new ShardQuery(query, [.. vectors], 0), ShardHarness.Everything, default);
    }
}
