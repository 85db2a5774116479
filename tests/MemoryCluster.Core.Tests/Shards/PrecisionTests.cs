using MemoryCluster.Records;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;
using MemoryCluster.TestKit.Stores;
using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Shards;

/// <summary>Vectors held in the precision of their zones: what is durable, what is found, and what comes back.</summary>
public sealed class PrecisionTests
{
    // A new, untried memory has strength 2: it is warm after 0.45 days, cold after 1.4, archived after 3.2.
    private static readonly ForgettingPolicy Daily = new() { UnitDays = 1, WarmBits = 8, ColdBits = 4, ArchivedBits = 2 };

    private readonly InMemoryShardStores _stores = new();
    private ulong _recalls;

    [Fact]
    public async Task EachZone_HoldsTheVectorInItsBits_AndItIsFoundByWhatItSays()
    {
        await using var shard = await StartAsync(Daily);
        var id = (await shard.RememberAsync("alpha beta gamma")).Id;
        await shard.RememberAsync("quite another thing");
        foreach (var (days, bits) in new[] { (0.1, 32), (0.5, 8), (1.5, 4), (2.5, 2) })
        {
            shard.Clock.Advance(TimeSpan.FromDays(days));
            await FadeAsync(shard);

            Assert.Equal(bits, (await shard.GetAsync(id))!.Fading!.VectorBits);
            var found = await VectorHitsAsync(shard, "alpha beta gamma");
            Assert.Equal((id, 1.0), (found[0].Memory.Id, Math.Round(found[0].Scores.Vector, 2)));
        }
    }

    [Fact]
    public async Task WhatIsWantedAgain_HasItsVectorInFullAgain_FromTheStore()
    {
        await using var shard = await StartAsync(Daily);
        var (said, used, changed, left) = (
            (await shard.RememberAsync("alpha")).Id, (await shard.RememberAsync("beta")).Id, (await shard.RememberAsync("gamma")).Id,
            (await shard.RememberAsync("delta")).Id);
        shard.Clock.Advance(TimeSpan.FromDays(9));
        await FadeAsync(shard);
        Assert.All(await BitsAsync(shard, said, used, changed, left), bits => Assert.Equal(2, bits));

        await shard.RememberAsync("alpha");
        await ReportAsync(shard, used, 1);
        await shard.Engine.PatchAsync(new PatchCommand { Id = changed, IfVersion = 1, Tags = ["wanted"] }, Everything, default);

        // What was written anew had its vector read for it; the others are the next that upkeep looks at.
        Assert.Equal(32, Assert.Single(await BitsAsync(shard, changed)));
        await shard.Engine.FadeAsync(1, 1, default);
        Assert.Equal([32, 32, 32, 2], await BitsAsync(shard, said, used, changed, left));
        await AssertVectorsAsStoredAsync(shard);
    }

    [Fact]
    public async Task SwitchedOff_AllVectorsComeBack()
    {
        await using var shard = await StartAsync(Daily);
        var ids = await RememberAsync(shard, 150);
        shard.Clock.Advance(TimeSpan.FromDays(9));
        await FadeAsync(shard);
        Assert.All(await BitsAsync(shard, ids), bits => Assert.Equal(2, bits));

        shard.Policy = new TeamPolicy { Version = 9, Forgetting = Daily with { WarmBits = 32, ColdBits = 32, ArchivedBits = 32 } };
        shard.Engine.Apply(shard.Policy);
        await FadeAsync(shard);

        Assert.All(await BitsAsync(shard, ids), bits => Assert.Equal(32, bits));
        await AssertVectorsAsStoredAsync(shard);
    }

    [Fact]
    public async Task Deleted_IsGoneFromStoreAndSearch_HoweverLittleWasLeftOfIt()
    {
        await using var shard = await StartAsync(Daily);
        var (gone, left) = ((await shard.RememberAsync("alpha beta")).Id, (await shard.RememberAsync("alpha gamma")).Id);
        shard.Clock.Advance(TimeSpan.FromDays(9));
        await FadeAsync(shard);

        await shard.Engine.DeleteAsync(new DeleteCommand(gone, false, null), Everything, default);

        Assert.Equal([left], (await VectorHitsAsync(shard, "alpha beta")).Select(hit => hit.Memory.Id));
        Assert.Equal([RecordCodec.KeyOf(left)], (await StoredAsync(shard)).Keys);
        Assert.Null(await shard.GetAsync(gone));
    }

    [Fact]
    public async Task NewModel_EmbedsTheFadedAnew_AndHoldsThemNoFiner()
    {
        await using var shard = await StartAsync(Daily);
        var id = (await shard.RememberAsync("alpha beta")).Id;
        shard.Clock.Advance(TimeSpan.FromDays(9));
        await FadeAsync(shard);
        var other = new EmbedderModel("other", 32);
        shard.OpenedFor = other;
        shard.Engine.Use(other);

        var vector = Embedding.FromVector(other.Id, [1, .. new float[31]]);
        Assert.Equal(1, await shard.Engine.EmbedAsync(shard.Engine.NextToEmbed(10), [vector], default));

        Assert.Equal((2, 0), (Assert.Single(await BitsAsync(shard, id)), shard.Engine.Unembedded));
        var stored = RecordCodec.Decode(Assert.Single(await StoredAsync(shard)).Value.Payload).Embedding!;
        Assert.Equal(vector.Model, stored.Model);
        Assert.Equal(vector.Values.ToArray(), stored.Values.ToArray());
    }

    [Fact]
    public async Task StoreThatCannotBeRead_LosesNothing_AndTheWorkGoesOnLater()
    {
        var stores = new UnreadableStores(_stores);
        await using var shard = await StartAsync(Daily, stores);
        var id = (await shard.RememberAsync("alpha")).Id;
        shard.Clock.Advance(TimeSpan.FromDays(9));
        await FadeAsync(shard);
        stores.IsReadable = false;

        var patch = new PatchCommand { Id = id, IfVersion = 1, Tags = ["wanted"] };
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(() => shard.Engine.PatchAsync(patch, Everything, default));
        Assert.Equal(MemoryFault.StoreUnavailable, fault.Fault);

        stores.IsReadable = true;
        await shard.ReopenAsync();
        Assert.Equal((1L, 2), ((await shard.GetAsync(id))!.Version, (await shard.GetAsync(id))!.Fading!.VectorBits));
        await ReportAsync(shard, id, 1);
        stores.IsReadable = false;
        await Assert.ThrowsAsync<MemoryClusterException>(() => shard.Engine.FadeAsync(10, 1, default));
        Assert.Equal(2, Assert.Single(await BitsAsync(shard, id)));
        stores.IsReadable = true;
        await FadeAsync(shard);
        Assert.Equal(32, Assert.Single(await BitsAsync(shard, id)));
        await AssertVectorsAsStoredAsync(shard);
    }

    [Fact]
    public async Task LaterOwner_FencesTheEarliersReads()
    {
        await using var shard = await StartAsync(Daily);
        var id = (await shard.RememberAsync("alpha")).Id;
        shard.Clock.Advance(TimeSpan.FromDays(9));
        await FadeAsync(shard);
        var earlier = shard.Engine;
        await shard.ReopenAsync();

        var patch = new PatchCommand { Id = id, IfVersion = 1, Tags = ["late"] };
        Assert.Equal("shard_fenced", (await Assert.ThrowsAsync<MemoryClusterException>(() => earlier.PatchAsync(patch, Everything, default))).Code);
        Assert.Empty((await shard.GetAsync(id))!.Tags);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task RandomLives_NeverChangeADurableVector_AndEndInTheBitsOfTheirZones(int seed)
    {
        var random = new Random(seed);
        await using var shard = await StartAsync(Daily, seed: seed);
        var steps = new List<ConsolidationId>();
        var version = 10;
        for (var step = 0; step < 400; step++)
        {
            shard.Clock.Advance(TimeSpan.FromHours(random.Next(5)));
            var all = (await shard.Engine.ListAsync(new MemoryListQuery { Limit = 200, IncludeArchived = true }, Everything, default)).Items;
            var any = all.IsEmpty ? null : all[random.Next(all.Length)];
            switch (random.Next(14))
            {
                case < 4:
                    await shard.RememberAsync(Text(random), MemoryKind.Lesson, new AgentId($"a{random.Next(3)}"));
                    break;
                case 4 when any is not null:
                    await shard.Engine.PatchAsync(new PatchCommand { Id = any.Id, IfVersion = any.Version, Tags = [$"t{step}"] }, Everything, default);
                    break;
                case 5 when any is not null:
                    var text = Text(random);
                    var patch = new PatchCommand { Id = any.Id, IfVersion = any.Version, Text = text, Embedding = Embed(text) };
                    await shard.Engine.PatchAsync(patch, Everything, default);
                    break;
                case 6 when any is not null:
                    await ReportAsync(shard, any.Id, random.NextDouble());
                    break;
                case 7 when any is not null:
                    await shard.Engine.DeleteAsync(new DeleteCommand(any.Id, random.Next(2) == 0, null), Everything, default);
                    break;
                case 8:
                    steps.AddRange((await shard.ConsolidateAsync(random.Next(20))).Steps.Select(made => made.Id));
                    break;
                case 9 when steps.Count > 0:
                    await shard.Engine.UndoAsync(steps[random.Next(steps.Count)], default);
                    break;
                case 10 or 11:
                    await shard.Engine.FadeAsync(random.Next(1, 30), 1, default);
                    break;
                case 12 when random.Next(8) == 0:
                    var bits = Daily with { WarmBits = random.Next(2) == 0 ? 32 : 8, ColdBits = 8 >> random.Next(2) };
                    shard.Policy = new TeamPolicy { Version = ++version, Forgetting = bits };
                    shard.Engine.Apply(shard.Policy);
                    break;
                case 13 when random.Next(4) == 0:
                    await AssertVectorsAsStoredAsync(shard);
                    break;
                default:
                    break;
            }
        }

        await FadeAsync(shard, lookedMax: 500);

        foreach (var memory in (await shard.Engine.ListAsync(new MemoryListQuery { Limit = 200, IncludeArchived = true }, Everything, default)).Items)
        {
            var fading = (await shard.GetAsync(memory.Id))!.Fading!;
            var expected = fading.Zone switch
            {
                MemoryZone.Active => 32, MemoryZone.Warm => shard.Policy.Forgetting.WarmBits, MemoryZone.Cold => shard.Policy.Forgetting.ColdBits, _ => 2,
            };
            Assert.Equal(expected, fading.VectorBits);
            Assert.Contains(await VectorHitsAsync(shard, memory.Text), hit => hit.Memory.Id == memory.Id);
        }

        await AssertVectorsAsStoredAsync(shard);
    }

    private async Task<ShardHarness> StartAsync(ForgettingPolicy policy, IShardStores? stores = null, int seed = 1)
    {
        var shard = await ShardHarness.StartAsync(stores ?? _stores, seed);
        shard.Policy = new TeamPolicy { Version = 2, Forgetting = policy };
        shard.Engine.Apply(shard.Policy);
        return shard;
    }

    // Some share words, so that there are duplicates and families.
    private static string Text(Random random) => $"always check {random.Next(6)} before you start {random.Next(5)}";

    private static async Task<MemoryId[]> RememberAsync(ShardHarness shard, int count)
    {
        var ids = new MemoryId[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = (await shard.RememberAsync($"memory number {i} of w{i % 13}")).Id;
        }

        return ids;
    }

    // Each pass archives some and changes some vectors; a few see everything.
    private static async Task FadeAsync(ShardHarness shard, int lookedMax = 200)
    {
        for (var pass = 0; pass < 6; pass++)
        {
            await shard.Engine.FadeAsync(lookedMax, 1, default);
        }
    }

    private static async Task<IEnumerable<int>> BitsAsync(ShardHarness shard, params MemoryId[] ids)
    {
        var bits = new List<int>();
        foreach (var id in ids)
        {
            bits.Add((await shard.GetAsync(id))!.Fading!.VectorBits);
        }

        return bits;
    }

    private static async Task<ImmutableArray<RecallHit>> VectorHitsAsync(ShardHarness shard, string text)
    {
        var query = new RecallQuery { Team = Team, Caller = Everything.Caller, Text = text, K = 100, IncludeArchived = true, Channels = RecallChannels.Vector };
        return (await shard.Engine.SearchAsync(new ShardQuery(query, [Embed(text)], 0), Everything, default)).Candidates;
    }

    private async Task ReportAsync(ShardHarness shard, MemoryId used, double reward)
    {
        var recall = RecallId.New(shard.Clock.GetUtcNow(), ++_recalls, 7);
        shard.Engine.NoteRecall(new RecallNote(recall, Key, [used]));
        await shard.Engine.RecordOutcomeAsync(new RecallOutcome { Recall = recall, Reward = reward, Used = [used] }, Key, default);
    }

    // What any embedder would say of the stored text, bit for bit, whatever the memory has been through; and the store verifies.
    private async Task AssertVectorsAsStoredAsync(ShardHarness shard)
    {
        var stored = await StoredAsync(shard);
        Assert.Empty(StoredRecordsVerifier.VerifyShard(stored.Values, long.MaxValue, Model));
        foreach (var payload in stored.Values.Select(record => record.Payload).Where(payload => payload.Span[0] == 1))
        {
            var (record, embedding) = RecordCodec.Decode(payload);
            Assert.Equal(Model.Id, embedding!.Model);
            Assert.Equal(Embed(record.Text).Values.ToArray(), embedding.Values.ToArray());
        }
    }

    private async Task<Dictionary<RecordKey, StoredRecord>> StoredAsync(ShardHarness shard)
    {
        Dictionary<RecordKey, StoredRecord> records;
        await using (var store = await _stores.OpenAsync(StoreId.For(new ShardId(Tenant, Team, 0)), default))
        {
            records = await store.ReadRecordsAsync(default).ToDictionaryAsync(record => record.Key);
        }

        await shard.ReopenAsync();
        return records;
    }

    /// <summary>Stores whose records cannot be read for a while once they are open.</summary>
    private sealed class UnreadableStores(IShardStores inner) : IShardStores
    {
        public bool IsReadable { get; set; } = true;

        public async ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken) =>
            new Store(this, await inner.OpenAsync(id, cancellationToken));

        public ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken) => inner.DestroyAsync(id, cancellationToken);

        private sealed class Store(UnreadableStores owner, IShardStore inner) : DelegatingStore(inner)
        {
            public override ValueTask<IReadOnlyList<StoredRecord?>> ReadAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken) =>
                owner.IsReadable
                    ? base.ReadAsync(keys, cancellationToken)
                    : throw new MemoryClusterException(MemoryFault.StoreUnavailable, "The disk is gone.");
        }
    }
}
