using System.Text;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Files;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>After maintenance no byte of an erased payload is left in the folder, whatever it went through before.</summary>
public sealed class ErasureTests : IDisposable
{
    private static readonly StoreId Id = new(new TenantId("acme"), "shard/blue/0");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ErasedPayload_IsGoneFromEveryFileAfterMaintenance()
    {
        await using var stores = Stores();
        await using var store = await stores.OpenAsync(Id, default);
        await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "marzipan"), Mutations.Put(2, Mutations.Key(2), "keep this")], default);
        Assert.True(Contains("marzipan"));

        await store.AppendAsync([Mutations.Erase(3, Mutations.Key(1))], default);
        await store.MaintainAsync(default, default);

        Assert.False(Contains("marzipan"));
        Assert.True(Contains("keep this"));
    }

    [Fact]
    public async Task EarlierVersions_OfAnErasedRecord_GoWithIt()
    {
        await using var stores = Stores();
        var key = Mutations.Key(1);
        await using (var store = await stores.OpenAsync(Id, default))
        {
            await store.AppendAsync([Mutations.Put(1, key, "marzipan"), Mutations.Put(2, key, "newer"), Mutations.Delete(3, key)], default);
            await store.MaintainAsync(default, default);
            Assert.True(Contains("marzipan"), "Deleted only: maintenance has no reason to rewrite so little.");
            await store.AppendAsync([Mutations.Erase(4, key)], default);
        }

        await using var reopened = await stores.OpenAsync(Id, default);
        await reopened.MaintainAsync(default, default);

        Assert.False(Contains("marzipan"));
        Assert.False(Contains("newer"));
    }

    [Fact]
    public async Task ErasedPayload_InASnapshottedLog_IsGoneAfterTheNextOwnersMaintenance()
    {
        await using var stores = Stores(snapshotBytesMin: 0);
        await using (var store = await stores.OpenAsync(Id, default))
            await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "marzipan"), Mutations.Erase(2, Mutations.Key(1))], default);
        Assert.Single(Directory.GetFiles(_folder.Path, "snapshot", SearchOption.AllDirectories));

        await using var reopened = await stores.OpenAsync(Id, default);
        await reopened.MaintainAsync(default, default);

        Assert.False(Contains("marzipan"));
    }

    private FileShardStores Stores(long snapshotBytesMin = long.MaxValue) => DiskStores.At(_folder.Path, snapshotBytesMin: snapshotBytesMin);

    private bool Contains(string text) => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path) != "lock")
        .Any(path => Read(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
