using MemoryCluster.Shards;
using MemoryCluster.Storage.Files.Format;

namespace MemoryCluster.Storage.Files;

/// <summary>What a store keeps in memory of its log: where things lie, never what they say.</summary>
internal sealed class StoreIndex : IStoreFacts
{
    private readonly Dictionary<RecordKey, RecordSlot> _records = [];
    private readonly HashSet<RecordKey> _erased = [];
    private readonly Dictionary<Guid, OperationSlot> _operations = [];

    public long Seq { get; set; }

    public long Epoch { get; set; }

    /// <summary>Bytes that a rewrite would keep.</summary>
    public long LiveBytes { get; private set; }

    /// <summary>Whether a payload of an erased record may still lie in the segment.</summary>
    public bool HoldsErased { get; set; }

    public IReadOnlyDictionary<RecordKey, RecordSlot> Records => _records;

    public IReadOnlySet<RecordKey> Erased => _erased;

    public IReadOnlyDictionary<Guid, OperationSlot> Operations => _operations;

    public bool IsErased(RecordKey key) => _erased.Contains(key);

    public DateTimeOffset? OperationAt(Guid operation) =>
        _operations.TryGetValue(operation, out var slot) ? new DateTimeOffset(slot.AtTicks, TimeSpan.Zero) : null;

    /// <summary>Takes in a frame's body that lies at <paramref name="bodyOffset"/>, and the numbers of its header.</summary>
    /// <exception cref="InvalidDataException">The body contradicts itself or its header.</exception>
    public void Apply(in FrameHeader header, ReadOnlySpan<byte> body, long bodyOffset)
    {
        var reader = new BodyReader(body);
        while (reader.TryNext(out var entry))
            Apply(entry, new Extent(bodyOffset + entry.PayloadOffset, entry.PayloadLength, entry.PayloadCrc), header.Kind);
        if (header.Kind == FrameKind.Mutations && reader.Mutations != header.LastSeq - header.FirstSeq + 1)
            throw new InvalidDataException($"{reader.Mutations} mutations between {header.FirstSeq} and {header.LastSeq}.");
        Seq = header.LastSeq;
        Epoch = header.Epoch;
    }

    public void SetRecord(RecordKey key, RecordSlot slot)
    {
        RemoveRecord(key);
        _records.Add(key, slot);
        LiveBytes += BodyReader.EntryBytes + slot.Payload.Length;
    }

    public void SetErased(RecordKey key)
    {
        if (_erased.Add(key))
            LiveBytes += BodyReader.EntryBytes;
    }

    public void SetOperation(Guid key, OperationSlot slot)
    {
        if (_operations.TryGetValue(key, out var replaced))
            LiveBytes -= BodyReader.EntryBytes + replaced.Result.Length;
        _operations[key] = slot;
        LiveBytes += BodyReader.EntryBytes + slot.Result.Length;
    }

    public void DropOperationsBefore(DateTimeOffset since)
    {
        foreach (var (key, slot) in _operations)
        {
            if (slot.AtTicks < since.UtcTicks && _operations.Remove(key))
                LiveBytes -= BodyReader.EntryBytes + slot.Result.Length;
        }
    }

    /// <summary>Whether it is what a log's index was when this one was saved; of operations the expired may be missing here.</summary>
    public bool Agrees(StoreIndex log) =>
        Seq == log.Seq && Epoch == log.Epoch && _erased.SetEquals(log._erased)
        && _records.Count == log._records.Count && IsPartOf(_records, log._records) && IsPartOf(_operations, log._operations);

    private static bool IsPartOf<TKey, TSlot>(Dictionary<TKey, TSlot> part, Dictionary<TKey, TSlot> whole)
        where TKey : notnull
        where TSlot : struct, IEquatable<TSlot> =>
        part.All(slot => whole.TryGetValue(slot.Key, out var other) && slot.Value.Equals(other));

    private void Apply(in Entry entry, Extent payload, FrameKind kind)
    {
        var key = new RecordKey(entry.Key);
        switch (entry.Kind)
        {
            case EntryKind.Put:
                SetRecord(key, new RecordSlot(entry.Stamp, payload));
                break;
            case EntryKind.Delete:
                RemoveRecord(key);
                break;
            case EntryKind.Erase:
                // A base holds tombstones only: the rewrite that wrote it left the payloads behind.
                HoldsErased |= kind != FrameKind.Base && !_erased.Contains(key);
                RemoveRecord(key);
                SetErased(key);
                break;
            case EntryKind.Operation:
                SetOperation(entry.Key, new OperationSlot(entry.Stamp, payload));
                break;
            case EntryKind.Unspecified:
            default:
                throw new InvalidDataException($"An entry of kind {entry.Kind}.");
        }
    }

    private void RemoveRecord(RecordKey key)
    {
        if (_records.Remove(key, out var removed))
            LiveBytes -= BodyReader.EntryBytes + removed.Payload.Length;
    }
}
