using MemoryCluster.Storage.Files;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Storage.Tests.Files;

public sealed class FileStoreVerifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SoundStores_AreCounted()
    {
        var model = new StoreModel(3);
        await WriteAsync(model);

        var found = Assert.Single(new FileStoreVerifier().VerifyAll(_folder.Path, default));

        Assert.Empty(found.Problems);
        Assert.Equal("acme/shard/blue/0", found.Store);
        Assert.Equal(
            (model.Acknowledged.Records.Count, model.Acknowledged.Erased.Count, model.Acknowledged.Operations.Count, model.Acknowledged.Seq),
            (found.Records, found.Tombstones, found.Operations, found.Seq));
        Assert.Equal((1, 0L), (found.Segments, found.TornBytes));
    }

    [Fact]
    public async Task StoreInUse_IsReadBesideItsOwner()
    {
        await using var stores = Stores();
        await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
        await store.AppendAsync([Mutations.Put(1, Mutations.Key(1), "one")], default);

        var found = Assert.Single(new FileStoreVerifier().VerifyAll(_folder.Path, default));

        Assert.Empty(found.Problems);
        Assert.Equal(1, found.Seq);
    }

    [Fact]
    public async Task DamagedFrame_IsNamedWithItsOffset()
    {
        await WriteAsync(new StoreModel(3));
        Change(FilePath("log-*"), at: 200);

        var found = Assert.Single(new FileStoreVerifier().VerifyAll(_folder.Path, default));

        Assert.Matches("^log-1: the frame at offset [0-9]+ fails its checks, and a later one stands at offset", Assert.Single(found.Problems));
    }

    [Fact]
    public async Task DamagedSnapshot_IsAProblemOfItsOwn()
    {
        var model = new StoreModel(3);
        await WriteAsync(model);
        Change(FilePath("snapshot"), at: 150);

        var found = Assert.Single(new FileStoreVerifier().VerifyAll(_folder.Path, default));

        Assert.StartsWith("snapshot: its body fails its checksum", Assert.Single(found.Problems), StringComparison.Ordinal);
        Assert.Equal(model.Acknowledged.Seq, found.Seq);
    }

    [Fact]
    public async Task TornTail_IsReportedAndNoProblem()
    {
        await WriteAsync(new StoreModel(3));
        File.Delete(FilePath("snapshot"));
        var log = FilePath("log-*");
        var whole = Assert.Single(new FileStoreVerifier().VerifyAll(_folder.Path, default));
        var end = Array.FindLastIndex(File.ReadAllBytes(log), b => b != 0);
        using (var file = File.OpenWrite(log))
            file.SetLength(end - 3);

        var found = Assert.Single(new FileStoreVerifier().VerifyAll(_folder.Path, default));

        Assert.Empty(found.Problems);
        Assert.True(found.TornBytes > 0);
        Assert.Equal(whole.Frames - 1, found.Frames);
    }

    [Fact]
    public void ForeignFolder_IsNamed()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "holiday-pictures"));

        var found = Assert.Single(new FileStoreVerifier().VerifyAll(_folder.Path, default));

        Assert.Equal("The folder's name is not that of a store.", Assert.Single(found.Problems));
    }

    private FileShardStores Stores() => DiskStores.At(_folder.Path, snapshotBytesMin: 0);

    private async Task WriteAsync(StoreModel model)
    {
        await using var stores = Stores();
        await using var store = await stores.OpenAsync(SimulatedStore.Id, default);
        for (var append = 0; append < 50; append++)
            await model.AppendAsync(store);
    }

    private string FilePath(string pattern) => Assert.Single(Directory.GetFiles(_folder.Path, pattern, SearchOption.AllDirectories));

    private static void Change(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
