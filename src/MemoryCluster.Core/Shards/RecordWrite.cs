namespace MemoryCluster.Shards;

/// <summary>One record's change.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Key">Which record.</param>
/// <param name="Payload">Its new bytes, opaque to the store; empty unless <see cref="WriteKind.Put"/>.</param>
public readonly record struct RecordWrite(WriteKind Kind, RecordKey Key, ReadOnlyMemory<byte> Payload)
{
    public static RecordWrite Put(RecordKey key, ReadOnlyMemory<byte> payload) => new(WriteKind.Put, key, payload);

    public static RecordWrite Delete(RecordKey key) => new(WriteKind.Delete, key, default);

    public static RecordWrite Erase(RecordKey key) => new(WriteKind.Erase, key, default);
}
