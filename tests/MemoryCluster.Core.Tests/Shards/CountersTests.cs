using MemoryCluster.Records;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;
using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Shards;

public sealed class CountersTests : IAsyncDisposable
{
    private readonly InMemoryShardStores _stores = new();
    private ShardHarness _shard = null!;
    private ulong _recalls;

    public ValueTask DisposeAsync() => _shard.DisposeAsync();

    [Fact]
    public async Task Outcome_WritesTheCountersAlone()
    {
        _shard = await StartAsync(_stores);
        var id = (await _shard.RememberAsync(new string('x', 8_000))).Id;
        var before = await StoredAsync();

        await ReportAsync(1, id);

        var after = await StoredAsync();
        Assert.Equal(before[RecordCodec.KeyOf(id)].Seq, after[RecordCodec.KeyOf(id)].Seq);
        Assert.InRange(after[UtilityCodec.KeyOf(id)].Payload.Length, 1, 200);
    }

    [Fact]
    public async Task Counters_AreReadWithTheirMemory_WhateverWasWrittenLast()
    {
        _shard = await StartAsync(_stores);
        var id = (await _shard.RememberAsync("rotate the key with the script")).Id;
        await ReportAsync(1, id);
        await AssertKeptAsync(id, uses: 1);

        await _shard.RememberAsync("rotate the key with the script");
        await AssertKeptAsync(id, uses: 1);
        Assert.Equal(1, (await _shard.GetAsync(id))!.Utility.Confirmations);

        await ReportAsync(0, id);
        await AssertKeptAsync(id, uses: 2);
        Assert.Equal(1, (await _shard.GetAsync(id))!.Utility.Confirmations);

        await _shard.Engine.PatchAsync(new PatchCommand { Id = id, IfVersion = 1, Tags = ["core"] }, Everything, default);
        await AssertKeptAsync(id, uses: 2);
        Assert.Equal("core", Assert.Single((await _shard.GetAsync(id))!.Tags));
    }

    [Fact]
    public async Task Deleted_LeavesNoCounters_AndNoneComeBack()
    {
        _shard = await StartAsync(_stores);
        MemoryId[] ids = [(await _shard.RememberAsync("alpha one")).Id, (await _shard.RememberAsync("beta two")).Id, (await _shard.RememberAsync("gamma three")).Id];
        await ReportAsync(1, ids);

        await _shard.Engine.DeleteAsync(new DeleteCommand(ids[0], false, null), Everything, default);
        await _shard.ReopenAsync();
        await _shard.Engine.PatchAsync(new PatchCommand { Id = ids[1], IfVersion = 1, Text = "beta four", Embedding = Embed("beta four") }, Everything, default);
        await _shard.Engine.ForgetAsync(new ForgetCommand { Agent = Agent }, Everything, default);
        await ReportAsync(1, ids);

        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task SecondOutcomeInOneBatch_BuildsOnTheFirst()
    {
        _shard = await StartAsync(_stores);
        var id = (await _shard.RememberAsync("alpha")).Id;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReportAsync(1, id)));

        await AssertKeptAsync(id, uses: 8);
    }

    [Fact]
    public async Task Verifier_FindsCountersOfNobody_AndUnderAnothersKey()
    {
        _shard = await StartAsync(_stores);
        MemoryId[] ids = [(await _shard.RememberAsync("alpha")).Id, (await _shard.RememberAsync("beta")).Id];
        await ReportAsync(1, ids);
        var stored = (await StoredAsync()).Values.ToArray();
        var orphaned = stored.Where(record => record.Key != RecordCodec.KeyOf(ids[0]));
        var swapped = stored.Select(record => record.Key == UtilityCodec.KeyOf(ids[0]) ? record with { Key = new RecordKey(new Guid(1, 2, 3, new byte[8])) } : record);
        var cut = stored.Select(record => record.Key == UtilityCodec.KeyOf(ids[0]) ? record with { Payload = record.Payload[..40] } : record);

        Assert.Empty(StoredRecordsVerifier.VerifyShard(stored, 9, Model));
        Assert.Single(StoredRecordsVerifier.VerifyShard(orphaned, 9, Model));
        Assert.Single(StoredRecordsVerifier.VerifyShard(swapped, 9, Model));
        Assert.Single(StoredRecordsVerifier.VerifyShard(cut, 9, Model));
    }

    private async Task AssertKeptAsync(MemoryId id, long uses)
    {
        var before = (await _shard.GetAsync(id))!;
        await _shard.DisposeAsync();
        await _shard.ReopenAsync();
        var after = (await _shard.GetAsync(id))!;
        Assert.Equal(uses, after.Utility.Uses);
        Assert.Equal(before.Utility, after.Utility);
    }

    private async Task ReportAsync(double reward, params MemoryId[] used)
    {
        var recall = RecallId.New(_shard.Clock.GetUtcNow(), ++_recalls, 7);
        _shard.Engine.NoteRecall(new RecallNote(recall, Key, [.. used]));
        await _shard.Engine.RecordOutcomeAsync(new RecallOutcome { Recall = recall, Reward = reward, Used = [.. used] }, Key, default);
    }

    private async Task<Dictionary<RecordKey, StoredRecord>> StoredAsync()
    {
        await _shard.DisposeAsync();
        await using var store = await _stores.OpenAsync(StoreId.For(new ShardId(Tenant, Team, 0)), default);
        var records = await store.ReadRecordsAsync(default).ToDictionaryAsync(record => record.Key);
        await _shard.ReopenAsync();
        return records;
    }
}
