using MemoryCluster.Shards;

namespace MemoryCluster.TestKit.Stores;

/// <summary>The bug: a deletion takes effect in the owner's memory only, and the record is there again when the store is next opened.</summary>
public sealed class ForgetfulShardStore(IShardStore store) : DelegatingStore(store)
{
    /// <inheritdoc/>
    public override ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken) =>
        base.AppendAsync([.. mutations.Select(WithoutErasures)], cancellationToken);

    private static ShardMutation WithoutErasures(ShardMutation mutation) =>
        mutation with { Writes = mutation.Writes.RemoveAll(write => write.Kind == WriteKind.Erase) };
}
