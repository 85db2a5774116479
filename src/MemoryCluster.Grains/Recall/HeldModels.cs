using System.Collections.Concurrent;

namespace MemoryCluster.Grains.Recall;

/// <summary>Of which models shards had vectors when they were last asked: a question is embedded once for each.</summary>
internal sealed class HeldModels
{
    private readonly ConcurrentDictionary<ShardId, ImmutableArray<string>> _held = [];

    public void Note(ShardId shard, ImmutableArray<string> models) => _held[shard] = models;

    /// <summary>Null for a shard that was never asked.</summary>
    public ImmutableArray<string>? Of(ShardId shard) => _held.TryGetValue(shard, out var models) ? models : null;
}
