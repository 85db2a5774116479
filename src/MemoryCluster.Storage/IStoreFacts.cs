using MemoryCluster.Shards;

namespace MemoryCluster.Storage;

/// <summary>What the port's rules ask of a store's present content.</summary>
internal interface IStoreFacts
{
    long Seq { get; }

    bool IsErased(RecordKey key);

    /// <summary>When the operation was carried out, or null if the store has no entry for it.</summary>
    DateTimeOffset? OperationAt(Guid operation);
}
