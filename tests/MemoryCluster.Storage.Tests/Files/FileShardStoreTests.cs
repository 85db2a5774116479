using MemoryCluster.Shards;
using MemoryCluster.Storage.Files;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>On a real disk, with maintenance at every chance.</summary>
public sealed class FileShardStoreTests : ShardStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IShardStores> CreateAsync() => ReopenAsync();

    protected override ValueTask<IShardStores> ReopenAsync() =>
        ValueTask.FromResult<IShardStores>(DiskStores.At(_folder.Path, compactionBytesMin: 0, snapshotBytesMin: 0));

    protected override ValueTask CloseAsync(IShardStores stores) => ((FileShardStores)stores).DisposeAsync();
}
