using MemoryCluster.Shards;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Cluster.Tests.SeededBugs;

/// <summary>The bug: an append is answered at once and written with the one after it, by an owner that may not see another one.</summary>
internal sealed class LateShardStore(IShardStore store) : DelegatingStore(store)
{
    private ShardMutation[] _unwritten = [];
    private long? _seq;

    public override long Seq => _seq ?? base.Seq;

    public override async ValueTask AppendAsync(IReadOnlyList<ShardMutation> mutations, CancellationToken cancellationToken)
    {
        var late = _unwritten;
        _unwritten = [.. mutations];
        _seq = mutations[^1].Seq;
        try
        {
            if (late.Length > 0)
                await base.AppendAsync(late, cancellationToken);
        }
        catch (MemoryClusterException)
        {
            // A later owner has the store. Nobody is told: that is the bug.
        }
    }
}
