namespace MemoryCluster.Shards;

/// <summary>Where stores are opened.</summary>
public interface IShardStores
{
    /// <summary>
    /// Opens a store and takes its next epoch: from then on every earlier owner's appends are refused. A store that was never opened
    /// before begins empty.
    /// </summary>
    /// <exception cref="MemoryClusterException">
    /// <see cref="MemoryFault.StoreCorrupt"/> where the content fails its checks, <see cref="MemoryFault.StoreUnavailable"/> where it
    /// cannot be reached or another process holds it.
    /// </exception>
    ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken);

    /// <summary>
    /// Destroys a store with all that it holds; one that is not there is destroyed already. Whoever has it open is fenced. Its name must not be used
    /// again. A crash may leave a part, which a second call removes.
    /// </summary>
    /// <exception cref="MemoryClusterException"><see cref="MemoryFault.StoreUnavailable"/>: it cannot be reached.</exception>
    ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken);
}
