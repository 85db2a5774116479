using System.Collections.Concurrent;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Redis;
using MemoryCluster.TestKit.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace MemoryCluster.Storage.Tests.Redis;

/// <summary>What a Redis store says, and still holds, when its server dies, stalls or forgets.</summary>
public sealed class RedisFailureTests : IAsyncLifetime, IDisposable
{
    private static readonly StoreId Id = new(new TenantId("acme"), "shard/blue/0");

    private readonly RedisServerFixture _server = new();
    private RedisShardStores _stores = null!;

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        _stores = Stores();
    }

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    public void Dispose() => _server.Dispose();

    [RedisFact]
    public async Task KilledServer_LosesNothingAcknowledged()
    {
        await using var store = await _stores.OpenAsync(Id, default);
        for (var seq = 1; seq <= 100; seq++)
            await store.AppendAsync([Mutations.Put(seq, Mutations.Key(seq), $"v{seq}")], default);

        await RestartServerAsync();

        await using var reopened = await _stores.OpenAsync(Id, default);
        Assert.Equal(100, reopened.Seq);
        var records = await StoreContent.Of(reopened).Records();
        Assert.All(Enumerable.Range(1, 100), seq => Assert.Equal($"v{seq}", Mutations.Text(records[Mutations.Key(seq)].Payload)));
    }

    [RedisFact]
    public async Task KilledServer_UnderAppends_KeepsThePrefixThatWasAcknowledgedOrMore()
    {
        var store = await _stores.OpenAsync(Id, default);
        var killing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var fault = AppendUntilItFailsAsync(store, killing);
        await killing.Task;
        _server.Kill();
        Assert.Contains((await fault).Fault, new[] { MemoryFault.OutcomeUnknown, MemoryFault.StoreUnavailable });
        var acknowledged = store.Seq;
        await store.DisposeAsync();
        await _stores.DisposeAsync();
        await _server.StartAsync();
        _stores = Stores();

        await using var reopened = await _stores.OpenAsync(Id, default);

        Assert.InRange(reopened.Seq, acknowledged, acknowledged + 1);
        Assert.Equal(reopened.Seq, (await StoreContent.Of(reopened).Records()).Count);
    }

    [RedisFact]
    public async Task UnreachableServer_IsUnavailable()
    {
        _server.Kill();

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await _stores.OpenAsync(Id, default));

        Assert.Equal(MemoryFault.StoreUnavailable, fault.Fault);
        await _server.StartAsync();
        await using var store = await _stores.OpenAsync(Id, default);
        Assert.Equal(0, store.Seq);
    }

    [RedisFact]
    public async Task StalledServer_LeavesAnUnknownOutcomeThatTheNextOpeningSettles()
    {
        var clock = new ImpatientClock();
        await using var impatient = Stores(clock: clock);
        var store = await impatient.OpenAsync(Id, default);
        await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "one")], default);
        await CommandAsync("CLIENT", "PAUSE", "60000", "WRITE");
        clock.HasNoTime = true;

        await FaultAsync(MemoryFault.OutcomeUnknown, store);
        await FaultAsync(MemoryFault.StoreUnavailable, store);
        Assert.False(await store.IsCurrentAsync(default));
        await CommandAsync("CLIENT", "UNPAUSE");

        await using var reopened = await _stores.OpenAsync(Id, default);
        // The late script ran before the opening or was refused after it: either way what is there now stays.
        Assert.InRange(reopened.Seq, 1, 2);
        await reopened.AppendAsync([Mutations.Put(reopened.Seq + 1, Mutations.Key(3), "three")], default);
        Assert.Equal(reopened.Seq, (await StoreContent.Of(reopened).Records()).Count);
    }

    [RedisFact]
    public async Task VanishedMeta_IsNotAFreshStore()
    {
        await FillAsync();
        await DeleteAsync("meta");

        await CorruptAsync();
    }

    [RedisFact]
    public async Task VanishedStore_ThatTheCatalogueKnows_IsNotAFreshStore()
    {
        await FillAsync();
        foreach (var name in new[] { "meta", "idx", "tomb", "log", "m:" + Mutations.Key(1) })
            await DeleteAsync(name);

        await CorruptAsync();
    }

    [RedisFact]
    public async Task StoreThatWasOnlyAboutToBeMade_IsMade()
    {
        var keys = new RedisKeys("mc", Id);
        await CommandAsync("HSET", keys.Stores.ToString(), keys.Store, "creating");

        await using var store = await _stores.OpenAsync(Id, default);

        Assert.Equal((1L, 0L), (store.Epoch, store.Seq));
    }

    [RedisFact]
    public async Task VanishedIndexOrTombstones_AreNoticed()
    {
        await FillAsync();
        var index = await CommandAsync("DUMP", KeyOf("idx"));
        await DeleteAsync("idx");
        await CorruptAsync();
        await CommandAsync("RESTORE", KeyOf("idx"), "0", (byte[])index!);
        await (await _stores.OpenAsync(Id, default)).DisposeAsync();

        await DeleteAsync("tomb");
        await CorruptAsync();
    }

    [RedisFact]
    public async Task VanishedRecord_IsNoticed()
    {
        await FillAsync();
        await DeleteAsync("m:" + Mutations.Key(1));

        await using var store = await _stores.OpenAsync(Id, default);
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(() => StoreContent.Of(store).Records());

        Assert.Equal(MemoryFault.StoreCorrupt, fault.Fault);
    }

    [RedisFact]
    public async Task Owners_ThatOpenAndAppendAtOnce_NeverBothWriteANumber()
    {
        var written = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(owner => OwnAsync(owner, written)));

        await using var last = await _stores.OpenAsync(Id, default);
        Assert.Equal(Enumerable.Range(1, (int)last.Seq).Select(seq => (long)seq), written.Order());
        Assert.Equal(last.Seq, (await StoreContent.Of(last).Records()).Count);
    }

    [RedisFact]
    public async Task Keys_HoldNoCallersWordAndShareASlot()
    {
        var id = new StoreId(new TenantId("acme"), "shard/{x}*?\r\nFLUSHALL/0");
        await using var store = await _stores.OpenAsync(id, default);
        await store.AppendAsync(
            [Mutations.Put(1, Mutations.Key(1), "x"), Mutations.Erase(2, Mutations.Key(2)), Mutations.Operation(3, 3, DateTimeOffset.UnixEpoch, "x")],
            default);

        var keys = (string[])(await CommandAsync("KEYS", "*"))!;

        Assert.Equal(8, keys.Length);
        Assert.All(keys, key => Assert.Matches("^[{]mc:[0-9a-f:]+[}]:(meta|idx|log|tomb|ops|stores|(m|op):[0-9a-f]{32})$", key));
        Assert.Equal(2, keys.Select(key => key[..key.IndexOf('}', StringComparison.Ordinal)]).Distinct().Count());
    }

    [RedisFact]
    public async Task Log_HasOneEntryPerMutationAndNoPayload()
    {
        await using var store = await _stores.OpenAsync(Id, default);
        await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "a secret"), Mutations.Erase(2, Mutations.Key(1))], default);

        var entries = (RedisResult[])(await CommandAsync("XRANGE", KeyOf("log"), "-", "+"))!;

        Assert.Equal(["1-0", "2-0"], entries.Select(entry => (string)((RedisResult[])entry!)[0]!));
        Assert.DoesNotContain("secret", string.Join(' ', entries.SelectMany(entry => (string[])((RedisResult[])entry!)[1]!)), StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task UnfitServer_IsRefusedWithReasonsUnlessAllowed()
    {
        await _stores.DisposeAsync();
        _server.Kill();
        await _server.StartAsync("--appendfsync", "everysec", "--maxmemory-policy", "allkeys-lru");
        _stores = Stores();

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await _stores.OpenAsync(Id, default));

        Assert.Equal(MemoryFault.StoreUnavailable, fault.Fault);
        Assert.Contains("appendfsync is everysec and must be always", fault.Message, StringComparison.Ordinal);
        Assert.Contains("maxmemory-policy is allkeys-lru and must be noeviction", fault.Message, StringComparison.Ordinal);
        await using var allowed = Stores(allowUnsafe: true);
        await using var store = await allowed.OpenAsync(Id, default);
        Assert.True(await store.IsCurrentAsync(default));
    }

    private static async Task<MemoryClusterException> AppendUntilItFailsAsync(IShardStore store, TaskCompletionSource atOneHundred)
    {
        while (true)
        {
            try
            {
                var seq = store.Seq + 1;
                await store.AppendAsync([Mutations.Put(seq, Mutations.Key((int)seq), "x")], default);
                if (seq == 100)
                    atOneHundred.SetResult();
            }
            catch (MemoryClusterException fault)
            {
                return fault;
            }
        }
    }

    private async Task OwnAsync(int owner, ConcurrentBag<long> written)
    {
        for (var opening = 0; opening < 10; opening++)
        {
            await using var store = await _stores.OpenAsync(Id, default);
            try
            {
                for (var append = 0; append < 5; append++)
                {
                    var seq = store.Seq + 1;
                    var key = Mutations.Key((owner * 1_000) + (opening * 10) + append);
                    await store.AppendAsync([Mutations.Put(seq, key, "x")], default);
                    written.Add(seq);
                }
            }
            catch (MemoryClusterException fault) when (fault.Code == "shard_fenced")
            {
                Assert.False(await store.IsCurrentAsync(default));
            }
        }
    }

    private static async Task FaultAsync(MemoryFault expected, IShardStore store)
    {
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(
            async () => await store.AppendAsync([Mutations.Put(store.Seq + 1, Mutations.Key(2), "two")], default));
        Assert.Equal(expected, fault.Fault);
    }

    private async Task CorruptAsync()
    {
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await _stores.OpenAsync(Id, default));
        Assert.Equal(MemoryFault.StoreCorrupt, fault.Fault);
    }

    private async Task FillAsync()
    {
        await using var store = await _stores.OpenAsync(Id, default);
        await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "one"), Mutations.Erase(2, Mutations.Key(2))], default);
    }

    private async Task RestartServerAsync()
    {
        await _stores.DisposeAsync();
        _server.Kill();
        await _server.StartAsync();
        _stores = Stores();
    }

    private static string KeyOf(string name) => new RedisKeys("mc", Id).Meta.ToString().Replace("meta", name, StringComparison.Ordinal);

    private Task<RedisResult> DeleteAsync(string name) => CommandAsync("DEL", KeyOf(name));

    private async Task<RedisResult> CommandAsync(string command, params object[] arguments)
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString);
        try
        {
            return await redis.GetDatabase().ExecuteAsync(command, arguments);
        }
        finally
        {
            await redis.CloseAsync(allowCommandsToComplete: false);
        }
    }

    private RedisShardStores Stores(bool allowUnsafe = false, TimeProvider? clock = null)
    {
        var options = new RedisStoreOptions { ConnectionString = _server.ConnectionString, AllowUnsafeServer = allowUnsafe };
        return new RedisShardStores(options, clock ?? TimeProvider.System, NullLogger<RedisShardStores>.Instance);
    }
}
