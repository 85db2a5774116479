using MemoryCluster.Shards;
using MemoryCluster.Storage.Files;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>What a store says, and still holds, when its disk is full or fails.</summary>
public sealed class DiskFailureTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task DiskFull_WritesNothingAndTheStoreGoesOnWhenThereIsRoom(int payloadBytes)
    {
        var disk = new SimulatedFiles();
        await using var stores = SimulatedStore.Stores(disk);
        await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
        disk.BytesFree = 300_000;
        var text = new string('x', payloadBytes);

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () =>
        {
            while (true)
                await store.AppendAsync([Mutations.Put(store.Seq + 1, Mutations.Key((int)store.Seq), text)], default);
        });

        Assert.Equal(MemoryFault.StoreUnavailable, fault.Fault);
        var seq = store.Seq;
        Assert.True(seq > 0);
        disk.BytesFree = 1L << 50;
        await store.AppendAsync([Mutations.Put(seq + 1, Mutations.Key((int)seq), text)], default);
        await using var killed = SimulatedStore.Stores(disk.AfterKill());
        await using var reopened = await killed.OpenAsync(SimulatedStore.Id, default);
        Assert.Equal(seq + 1, reopened.Seq);
        Assert.Equal(seq + 1, (await StoreContent.Of(reopened).Records()).Count);
    }

    [Fact]
    public async Task DiskFull_DuringARewrite_KeepsTheOldLog()
    {
        var disk = new SimulatedFiles();
        await using var stores = SimulatedStore.Stores(disk, compactionBytesMin: 0);
        await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
        for (var seq = 1; seq <= 20; seq++)
            await store.AppendAsync([Mutations.Put(seq, Mutations.Key(1), new string('x', 1_000))], default);
        disk.BytesFree = 10;

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await store.MaintainAsync(default, default));

        Assert.Equal(MemoryFault.StoreUnavailable, fault.Fault);
        Assert.DoesNotContain(disk.Paths, path => path.EndsWith(".new", StringComparison.Ordinal));
        disk.BytesFree = 1L << 50;
        await store.AppendAsync([Mutations.Put(21, Mutations.Key(2), "after")], default);
        await store.MaintainAsync(default, default);
        Assert.Equal(2, (await StoreContent.Of(store).Records()).Count);
    }

    [Fact]
    public async Task FailedSync_IsAnUnknownOutcomeAndEndsTheHandle()
    {
        var disk = new SimulatedFiles();
        await using var stores = SimulatedStore.Stores(disk);
        await using var store = await FailedAtSyncAsync(disk, stores);

        // The next sync would succeed, as it does on Linux, where a failure is told once: nobody may rely on it.
        disk.SyncFails = false;
        await FaultAsync(MemoryFault.StoreUnavailable, store);
        Assert.False(await store.IsCurrentAsync(default));
    }

    [Fact]
    public async Task FailedSync_IsSettledByTheNextOpening()
    {
        var disk = new SimulatedFiles();
        await using var stores = SimulatedStore.Stores(disk);
        await using var store = await FailedAtSyncAsync(disk, stores);
        var refused = await Assert.ThrowsAsync<MemoryClusterException>(async () => await stores.OpenAsync(SimulatedStore.Id, default));
        Assert.Equal(MemoryFault.StoreUnavailable, refused.Fault);
        disk.SyncFails = false;

        await using var reopened = await stores.OpenAsync(SimulatedStore.Id, default);

        // It read back whole and was on no medium: undone, not believed.
        Assert.Equal(1, reopened.Seq);
        await reopened.AppendAsync([Mutations.Put(2, Mutations.Key(3), "three")], default);
        await store.DisposeAsync();
        Assert.True(await reopened.IsCurrentAsync(default));
    }

    // One record is durable; of the second nobody knows.
    private static async Task<IShardStore> FailedAtSyncAsync(SimulatedFiles disk, FileShardStores stores)
    {
        var store = await stores.OpenAsync(SimulatedStore.Id, default);
        await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "one")], default);
        disk.SyncFails = true;
        await FaultAsync(MemoryFault.OutcomeUnknown, store);
        return store;
    }

    private static async Task FaultAsync(MemoryFault expected, IShardStore store)
    {
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(
            async () => await store.AppendAsync([Mutations.Put(store.Seq + 1, Mutations.Key(2), "two")], default));
        Assert.Equal(expected, fault.Fault);
    }
}
