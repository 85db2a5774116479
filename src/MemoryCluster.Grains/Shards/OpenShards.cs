using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MemoryCluster.Shards;

namespace MemoryCluster.Grains.Shards;

/// <summary>The shards that this silo has open, for its metrics. They carry no label: ids of teams are none of a metric's business.</summary>
internal sealed class OpenShards
{
    private readonly ConcurrentDictionary<ShardEngine, bool> _open = [];

    public OpenShards(IMeterFactory? meters = null)
    {
        var meter = meters?.Create("MemoryCluster.Shards");
        meter?.CreateObservableGauge("memorycluster.shards.open", () => _open.Count, "{shard}", "Shards that this silo has open");
        meter?.CreateObservableGauge("memorycluster.shard.queue", Waiting, "{write}", "Writes that wait for their turn in the shards of this silo");
    }

    public void Add(ShardEngine shard) => _open[shard] = true;

    public void Remove(ShardEngine shard) => _open.TryRemove(shard, out _);

    private int Waiting() => _open.Keys.Sum(shard => shard.WritesWaiting);
}
