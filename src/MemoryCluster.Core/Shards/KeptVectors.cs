using MemoryCluster.Records;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>
/// Completes the records that are written anew while memory holds no more than a code of their vector: the stored vector is read and written
/// again byte for byte, so that what is durable never gets worse. What was read is at hand until the batch is applied.
/// </summary>
/// <remarks>No write of a batch touches a record that an earlier one of it touches, so what is stored is what the decision saw.</remarks>
internal sealed class KeptVectors(IShardStore store) : IBatchCompletion
{
    private readonly Dictionary<MemoryId, Embedding> _read = [];

    /// <summary>What was read for the batch being applied.</summary>
    public IReadOnlyDictionary<MemoryId, Embedding> Read => _read;

    /// <summary>The vector of a memory of the batch being applied; null where it was held in full, or there is none.</summary>
    public Embedding? Find(MemoryId id) => _read.GetValueOrDefault(id);

    public async ValueTask<IReadOnlyList<ShardMutation>> CompleteAsync(IReadOnlyList<ShardMutation> mutations)
    {
        _read.Clear();
        var keys = mutations.SelectMany(mutation => mutation.Writes).Where(IsHead).Select(write => write.Key).Distinct().ToArray();
        if (keys.Length == 0)
        {
            return mutations;
        }

        var stored = new Dictionary<RecordKey, ReadOnlyMemory<byte>>();
        foreach (var (key, record) in keys.Zip(await store.ReadAsync(keys, CancellationToken.None)))
        {
            stored.Add(key, (record ?? throw Lost(key)).Payload);
            _read.Add(new MemoryId(key.Value), RecordCodec.DecodeEmbedding(stored[key]) ?? throw Lost(key));
        }

        return [.. mutations.Select(mutation => mutation with { Writes = [.. mutation.Writes.Select(write => IsHead(write) ? Completed(write, stored) : write)] })];
    }

    private static RecordWrite Completed(RecordWrite write, Dictionary<RecordKey, ReadOnlyMemory<byte>> stored) =>
        RecordWrite.Put(write.Key, RecordCodec.Complete(write.Payload, stored[write.Key]));

    private static bool IsHead(RecordWrite write) => write.Kind == WriteKind.Put && RecordCodec.IsHead(write.Payload);

    private static MemoryClusterException Lost(RecordKey key) =>
        new(MemoryFault.StoreCorrupt, $"The store has lost the vector of record {key}, which it held. Restore it from a backup, or run 'verify' on it.");
}
