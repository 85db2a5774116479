using System.Collections.Concurrent;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Files.Disk;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Storage.Files;

/// <summary>Stores in files under one root. A process has one such object per root; a second process, or object, is refused store by store.</summary>
public sealed class FileShardStores : IShardStores, IAsyncDisposable
{
    private readonly FileStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly IStorageFiles _files;
    private readonly IoThreads _threads;
    private readonly ConcurrentDictionary<StoreId, FileStore> _stores = [];
    private int _disposed;

    public FileShardStores(FileStoreOptions options, TimeProvider clock, ILogger<FileShardStores> logger)
        : this(options, clock, logger, DiskFiles.Instance)
    {
    }

    internal FileShardStores(FileStoreOptions options, TimeProvider clock, ILogger logger, IStorageFiles files)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Root);
        _options = options;
        _clock = clock;
        _logger = logger;
        _files = files;
        _threads = new IoThreads(options.IoThreads);
    }

    public async ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var store = _stores.GetOrAdd(id, Create);
        var (epoch, seq) = await store.Lane.RunAsync(store.Open).ConfigureAwait(false);
        return new FileShardStore(store, epoch, seq);
    }

    public async ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var store = _stores.GetOrAdd(id, Create);
        await store.Lane.RunAsync(store.Destroy).ConfigureAwait(false);
    }

    /// <summary>Closes every store, whoever still holds a handle.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        foreach (var store in _stores.Values)
            await store.Lane.RunAsync(store.Close).ConfigureAwait(false);
        _threads.Dispose();
    }

    private FileStore Create(StoreId id) => new(id, _options, _files, _threads.NewLane(), _clock, _logger);
}
