using MemoryCluster.Shards;

namespace MemoryCluster.TestKit.Stores;

/// <summary>A store's content, read whole. A record or operation that comes twice fails the read.</summary>
public sealed class StoreContent
{
    private readonly IShardStore _store;

    private StoreContent(IShardStore store) => _store = store;

    public static StoreContent Of(IShardStore store) => new(store);

    public async Task<Dictionary<RecordKey, StoredRecord>> Records()
    {
        var records = new Dictionary<RecordKey, StoredRecord>();
        await foreach (var record in _store.ReadRecordsAsync(default))
            records.Add(record.Key, record);
        return records;
    }

    public async Task<List<OperationEntry>> Operations(DateTimeOffset since)
    {
        var operations = new List<OperationEntry>();
        await foreach (var operation in _store.ReadOperationsAsync(since, default))
            operations.Add(operation);
        return operations;
    }
}
