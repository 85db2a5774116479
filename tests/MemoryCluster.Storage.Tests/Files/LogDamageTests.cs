using MemoryCluster.Storage.Files;
using MemoryCluster.Storage.Files.Format;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>A log cut anywhere opens at its last whole frame; a log damaged anywhere is refused, or says what it said.</summary>
public sealed class LogDamageTests
{
    private const int Cases = 500;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Log_CutAnywhere_OpensAtItsLastWholeFrame(bool withSnapshot)
    {
        var random = new Random(11);
        var (disk, states) = await WriteAsync(withSnapshot);
        var frames = SimulatedStore.Frames(disk);
        for (var i = 0; i < Cases; i++)
        {
            var cut = random.Next(SegmentHeader.Bytes, frames[^1].End + 1);
            var found = disk.AfterKill();
            SimulatedStore.Log(found).Bytes = SimulatedStore.Log(disk).Bytes[..cut];
            var seq = frames.Where(frame => frame.End <= cut).Select(frame => frame.Seq).DefaultIfEmpty().Last();

            await using var stores = SimulatedStore.Stores(found);
            await using var store = await stores.OpenAsync(SimulatedStore.Id, default);

            await EqualAsync(states[seq], store, $"cut at {cut}");
            await store.AppendAsync([Mutations.Put(seq + 1, Mutations.Key(5_000), "goes on")], default);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Log_WithOneByteChanged_IsRefusedOrSaysWhatItSaid(bool withSnapshot)
    {
        var random = new Random(12);
        var (disk, states) = await WriteAsync(withSnapshot);
        var last = SimulatedStore.Frames(disk)[^1];
        var refused = 0;
        for (var i = 0; i < Cases; i++)
        {
            var found = disk.AfterKill();
            var at = random.Next(last.End + 100);
            SimulatedStore.Log(found).Bytes[at] ^= (byte)random.Next(1, 256);

            await using var stores = SimulatedStore.Stores(found);
            try
            {
                await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
                // Only the last frame can look unfinished; it is the only one that may be missing.
                var lost = store.Seq < states.Keys.Max();
                Assert.True(!lost || at >= last.Start, $"A byte changed at {at} cut the log, and the last frame begins at {last.Start}.");
                await EqualAsync(states[store.Seq], store, $"byte {at}");
            }
            catch (MemoryClusterException fault)
            {
                Assert.Equal(MemoryFault.StoreCorrupt, fault.Fault);
                refused++;
            }
        }

        Assert.True(refused > Cases / 2, $"Only {refused} of {Cases} were refused.");
    }

    [Fact]
    public async Task Log_ThatIsRefused_IsLeftAsItIsAndSaysWhere()
    {
        var (disk, _) = await WriteAsync(withSnapshot: false);
        var frame = SimulatedStore.Frames(disk)[3];
        var log = SimulatedStore.Log(disk);
        log.Bytes[frame.Start + 50] ^= 1;
        var before = log.Bytes.ToArray();

        await using var stores = SimulatedStore.Stores(disk);
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await stores.OpenAsync(SimulatedStore.Id, default));

        Assert.Equal(MemoryFault.StoreCorrupt, fault.Fault);
        Assert.Contains($"the frame at offset {frame.Start}", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, SimulatedStore.Log(disk).Bytes);
    }

    [Fact]
    public async Task Log_WithAFrameTakenOut_IsRefusedForItsGap()
    {
        var (disk, _) = await WriteAsync(withSnapshot: false);
        var frames = SimulatedStore.Frames(disk);
        var log = SimulatedStore.Log(disk);
        log.Bytes = [.. log.Bytes[..frames[4].Start], .. log.Bytes[frames[5].Start..]];

        await using var stores = SimulatedStore.Stores(disk);
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await stores.OpenAsync(SimulatedStore.Id, default));

        Assert.Equal(MemoryFault.StoreCorrupt, fault.Fault);
    }

    [Fact]
    public async Task Log_OfAnotherStore_IsRefused()
    {
        var (disk, _) = await WriteAsync(withSnapshot: false);
        var log = SimulatedStore.Log(disk);
        var header = SegmentHeader.Read(log.Bytes);
        (header with { Store = StoreHash.Of(SimulatedStore.Id with { Name = "other" }) }).Write(log.Bytes);

        await using var stores = SimulatedStore.Stores(disk);
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await stores.OpenAsync(SimulatedStore.Id, default));

        Assert.Equal(MemoryFault.StoreCorrupt, fault.Fault);
    }

    [Fact]
    public async Task Log_ThatVanished_IsNotAFreshStore()
    {
        var (disk, _) = await WriteAsync(withSnapshot: true);
        disk.Delete(disk.Paths.Single(path => path.EndsWith("log-1", StringComparison.Ordinal)));

        await using var stores = SimulatedStore.Stores(disk);
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(async () => await stores.OpenAsync(SimulatedStore.Id, default));

        Assert.Equal(MemoryFault.StoreCorrupt, fault.Fault);
    }

    [Fact]
    public async Task Snapshot_DamagedAnywhere_IsRebuiltFromTheLog()
    {
        var random = new Random(13);
        var (disk, states) = await WriteAsync(withSnapshot: true);
        for (var i = 0; i < 200; i++)
        {
            var found = disk.AfterKill();
            var snapshot = found[SimulatedStore.Snapshot];
            if (i % 2 == 0)
                snapshot.Bytes[random.Next(snapshot.Bytes.Length)] ^= (byte)random.Next(1, 256);
            else
                snapshot.Bytes = snapshot.Bytes[..random.Next(snapshot.Bytes.Length)];

            await using var stores = SimulatedStore.Stores(found);
            await using var store = await stores.OpenAsync(SimulatedStore.Id, default);

            await EqualAsync(states[states.Keys.Max()], store, $"snapshot case {i}");
        }
    }

    /// <summary>A log of sixty appends, left as by a kill, and the state at each sequence number where a frame ends.</summary>
    private static async Task<(SimulatedFiles Disk, Dictionary<long, StoreState> States)> WriteAsync(bool withSnapshot)
    {
        var disk = new SimulatedFiles();
        var model = new StoreModel(5);
        var states = new Dictionary<long, StoreState> { [0] = StoreState.Empty };
        await using var stores = SimulatedStore.Stores(disk);
        await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
        for (var i = 0; i < 60; i++)
        {
            await model.AppendAsync(store);
            states[store.Seq] = model.Acknowledged;
            if (withSnapshot && i == 30)
                SaveSnapshot(disk);
        }

        return (disk.AfterKill(), states);
    }

    /// <summary>What the store itself saves; asked for maintenance it would rewrite this log, for it holds erased bytes.</summary>
    private static void SaveSnapshot(SimulatedFiles disk)
    {
        using var log = SimulatedStore.Log(disk);
        var scan = new SegmentScan(log);
        scan.Run();
        var snapshot = new IndexSnapshot(scan.Header.Number, scan.Header.Salt, scan.End, scan.LastFrame, scan.Index);
        using var file = disk.Open(SimulatedStore.Snapshot, FileMode.Create, FileAccess.ReadWrite);
        file.Write(SnapshotFormat.Write(scan.Header.Store, snapshot), 0);
    }

    private static async Task EqualAsync(StoreState state, Shards.IShardStore store, string where)
    {
        var difference = await state.DifferenceAsync(store);
        Assert.True(difference is null, $"{where}: {difference}.");
    }
}
