using System.Collections.Immutable;
using MemoryCluster.Shards;

namespace MemoryCluster.TestKit.Stores;

/// <summary>What a store must hold after a history: the simplest store, as a value.</summary>
public sealed record StoreState
{
    public static readonly StoreState Empty = new();

    public long Seq { get; private init; }

    public ImmutableDictionary<RecordKey, StoredRecord> Records { get; private init; } = ImmutableDictionary<RecordKey, StoredRecord>.Empty;

    public ImmutableHashSet<RecordKey> Erased { get; private init; } = [];

    public ImmutableDictionary<Guid, OperationEntry> Operations { get; private init; } = ImmutableDictionary<Guid, OperationEntry>.Empty;

    public StoreState After(IEnumerable<ShardMutation> mutations) => mutations.Aggregate(this, (state, mutation) => state.After(mutation));

    /// <summary>How a store differs from it, or null.</summary>
    public async Task<string?> DifferenceAsync(IShardStore store)
    {
        if (store.Seq != Seq)
            return $"the store is at {store.Seq} and should be at {Seq}";
        var records = await StoreContent.Of(store).Records();
        if (!records.Keys.ToHashSet().SetEquals(Records.Keys))
            return $"the store holds {records.Count} records at {Seq}, other ones than the {Records.Count} it should";
        var wrong = Records.Values.FirstOrDefault(record => !Same(record, records[record.Key]));
        if (wrong != default)
            return $"record {wrong.Key} of {wrong.Seq} reads back as of {records[wrong.Key].Seq}, or with other bytes";
        var operations = (await StoreContent.Of(store).Operations(DateTimeOffset.MinValue)).ToDictionary(operation => operation.Key);
        return operations.Count == Operations.Count && Operations.Values.All(one => Same(one, operations.GetValueOrDefault(one.Key)))
            ? null
            : $"the store holds other operations at {Seq} than it should";
    }

    private StoreState After(ShardMutation mutation)
    {
        var state = this with { Seq = mutation.Seq };
        foreach (var write in mutation.Writes)
            state = state.After(write, mutation.Seq);
        return mutation.Operation is { } operation
            ? state with { Operations = state.Operations.SetItem(operation.Key, operation) }
            : state;
    }

    private StoreState After(RecordWrite write, long seq) => write.Kind switch
    {
        WriteKind.Put => this with { Records = Records.SetItem(write.Key, new StoredRecord(write.Key, seq, write.Payload)) },
        WriteKind.Delete => this with { Records = Records.Remove(write.Key) },
        WriteKind.Erase => this with { Records = Records.Remove(write.Key), Erased = Erased.Add(write.Key) },
        WriteKind.Unspecified or _ => throw new ArgumentOutOfRangeException(nameof(write), write.Kind, "Not a write."),
    };

    private static bool Same(StoredRecord expected, StoredRecord actual) =>
        expected.Seq == actual.Seq && expected.Payload.Span.SequenceEqual(actual.Payload.Span);

    private static bool Same(OperationEntry expected, OperationEntry? actual) =>
        actual is not null && expected.At == actual.At && expected.Result.Span.SequenceEqual(actual.Result.Span);
}
