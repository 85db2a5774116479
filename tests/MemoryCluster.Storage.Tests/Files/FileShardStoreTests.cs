using MemoryCluster.Shards;
using MemoryCluster.Storage.Files;
using MemoryCluster.TestKit.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>On a real disk, with maintenance at every chance.</summary>
public sealed class FileShardStoreTests : ShardStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IShardStores> CreateAsync() => ReopenAsync();

    protected override ValueTask<IShardStores> ReopenAsync()
    {
        var options = new FileStoreOptions { Root = _folder.Path, CompactionBytesMin = 0, SnapshotBytesMin = 0 };
        return ValueTask.FromResult<IShardStores>(
            new FileShardStores(options, TimeProvider.System, NullLogger<FileShardStores>.Instance));
    }

    protected override ValueTask CloseAsync(IShardStores stores) => ((FileShardStores)stores).DisposeAsync();
}
