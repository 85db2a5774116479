using MemoryCluster.Shards;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Simulations.Stores;

/// <summary>The bug: a deletion takes effect in the owner's memory only, and the record is there again when the store is next opened.</summary>
internal sealed class ForgetfulShardStore(IShardStore store) : DelegatingStore(store)
{
    public override ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken) =>
        base.AppendAsync([.. mutations.Select(WithoutErasures)], cancellationToken);

    private static ShardMutation WithoutErasures(ShardMutation mutation) =>
        mutation with { Writes = mutation.Writes.RemoveAll(write => write.Kind == WriteKind.Erase) };
}
