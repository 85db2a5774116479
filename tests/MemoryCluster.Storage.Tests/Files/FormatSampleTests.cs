using MemoryCluster.Storage.Files;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>
/// Files of format version 1, as they were written once: a rewritten segment with base frames, an opening and appends behind them, and a
/// snapshot as of the base. Whatever the program becomes, it reads these, or says that it reads version 2 only.
/// </summary>
public sealed class FormatSampleTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task VersionOne_IsRead(bool withSnapshot)
    {
        Restore(withSnapshot);
        await using var stores = DiskStores.At(_folder.Path);
        await using var store = await stores.OpenAsync(SimulatedStore.Id, default);

        Assert.Equal((6L, 3L), (store.Seq, store.Epoch));
        var records = await StoreContent.Of(store).Records();
        Assert.Equal(
            [(Mutations.Key(1), 1L, "one"), (Mutations.Key(4), 5L, "four"), (Mutations.Key(5), 6L, "")],
            records.Values.OrderBy(record => record.Seq).Select(record => (record.Key, record.Seq, Mutations.Text(record.Payload))));
        var operation = Assert.Single(await StoreContent.Of(store).Operations(Start));
        Assert.Equal((Mutations.Key(9).Value, Start, "done"), (operation.Key, operation.At, Mutations.Text(operation.Result)));
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(
            async () => await store.AppendAsync([Mutations.Put(7, Mutations.Key(2), "again")], default));
        Assert.Equal("tombstoned", fault.Code);
    }

    [Fact]
    public void VersionOne_IsVerified()
    {
        Restore(withSnapshot: true);

        var found = Assert.Single(new FileStoreVerifier().VerifyAll(_folder.Path, default));

        Assert.Empty(found.Problems);
        Assert.Equal((3L, 3, 1, 1, 6L, 0L), (found.Frames, found.Records, found.Tombstones, found.Operations, found.Seq, found.TornBytes));
    }

    private void Restore(bool withSnapshot)
    {
        var store = Directory.CreateDirectory(StoreFolder.Of(_folder.Path, SimulatedStore.Id).Path).FullName;
        var samples = Path.Combine(AppContext.BaseDirectory, "Files", "Samples");
        File.Copy(Path.Combine(samples, "v1-segment.bin"), Path.Combine(store, "log-2"));
        if (withSnapshot)
            File.Copy(Path.Combine(samples, "v1-snapshot.bin"), Path.Combine(store, "snapshot"));
    }
}
