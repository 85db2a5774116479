using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Core.Tests.Shards;

/// <summary>Stores whose appends wait for the test, so that it can see what gathers meanwhile and what a fault does.</summary>
internal sealed class GatedStores : IShardStores
{
    private readonly InMemoryShardStores _inner = new();

    /// <summary>Sizes of the appends so far.</summary>
    public List<int> Appends { get; } = [];

    public TaskCompletionSource? Gate { get; set; }

    public async ValueTask<IShardStore> OpenAsync(StoreId id, CancellationToken cancellationToken) =>
        new GatedStore(this, await _inner.OpenAsync(id, cancellationToken));

    public ValueTask DestroyAsync(StoreId id, CancellationToken cancellationToken) => _inner.DestroyAsync(id, cancellationToken);

    private sealed class GatedStore(GatedStores owner, IShardStore inner) : DelegatingStore(inner)
    {
        public override async ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
        {
            owner.Appends.Add(mutations.Count);
            if (owner.Gate is { } gate)
            {
                await gate.Task;
            }

            await base.AppendAsync(mutations, cancellationToken);
        }
    }
}
