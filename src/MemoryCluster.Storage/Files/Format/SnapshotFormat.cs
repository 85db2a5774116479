using System.Buffers.Binary;
using MemoryCluster.Shards;

namespace MemoryCluster.Storage.Files.Format;

/// <summary>The snapshot file: a segment's index, so that an opening reads only the tail of the log.</summary>
/// <remarks>
/// <code>
///  0      8        12     16         32      40   48          56         64  72    80      88    92  96    100  104  108
///  +------+--------+------+----------+-------+----+-----------+----------+---+-----+-------+-----+---+-----+----+----+
///  |MCSNAP|version |length|store hash|segment|salt|segment end|last frame|seq|epoch|records|tombs|ops|flags|body|head|
///  |00    | 1      | 108  |          |number |    |           |          |   |     |       |     |   |     |crc |crc |
///  +------+--------+------+----------+-------+----+-----------+----------+---+-----+-------+-----+---+-----+----+----+
///  body      = record* tombstone* operation*
///  record    = | key 16 | seq 8 | offset 8 | length 4 | crc 4 |
///  tombstone = | key 16 |
///  operation = | key 16 | at, UTC ticks 8 | offset 8 | length 4 | crc 4 |
/// </code>
/// Little-endian; keys big-endian. Flag 1: an erased payload may still lie in the segment. No payload is ever in a snapshot.
/// </remarks>
internal static class SnapshotFormat
{
    public const uint Version = 1;

    private const int HeaderBytes = 108;
    private const int CheckedBytes = 104;
    private const int SlotBytes = 40;
    private const int KeyBytes = 16;
    private const uint HoldsErased = 1;

    private static ReadOnlySpan<byte> Magic => "MCSNAP\0\0"u8;

    public static byte[] Write(StoreHash store, IndexSnapshot snapshot)
    {
        var index = snapshot.Index;
        var bytes = new byte[checked(
            HeaderBytes + ((index.Records.Count + index.Operations.Count) * SlotBytes) + (index.Erased.Count * KeyBytes))];
        WriteBody(bytes.AsSpan(HeaderBytes), index);
        WriteHeader(bytes, store, snapshot, Crc32C.Of(bytes.AsSpan(HeaderBytes)));
        return bytes;
    }

    /// <exception cref="InvalidDataException">The reason, as a clause.</exception>
    public static IndexSnapshot Read(ReadOnlySpan<byte> source, StoreHash store)
    {
        FileHeader.Check(source, Magic, Version, HeaderBytes, CheckedBytes);
        if (StoreHash.Read(source[16..]) != store)
            throw new InvalidDataException("it belongs to another store");
        var counts = (
            Records: BinaryPrimitives.ReadInt64LittleEndian(source[80..]),
            Erased: BinaryPrimitives.ReadUInt32LittleEndian(source[88..]),
            Operations: BinaryPrimitives.ReadUInt32LittleEndian(source[92..]));
        var body = source[HeaderBytes..];
        if (body.Length != ((counts.Records + counts.Operations) * SlotBytes) + (counts.Erased * KeyBytes))
            throw new InvalidDataException("it has another length than its counts");
        if (Crc32C.Of(body) != BinaryPrimitives.ReadUInt32LittleEndian(source[100..]))
            throw new InvalidDataException("its body fails its checksum");

        return new IndexSnapshot(
            BinaryPrimitives.ReadInt64LittleEndian(source[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[56..]),
            ReadIndex(source, body, counts));
    }

    private static void WriteHeader(Span<byte> target, StoreHash store, IndexSnapshot snapshot, uint bodyCrc)
    {
        var index = snapshot.Index;
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], HeaderBytes);
        store.Write(target[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], snapshot.Segment);
        BinaryPrimitives.WriteUInt64LittleEndian(target[40..], snapshot.Salt);
        BinaryPrimitives.WriteInt64LittleEndian(target[48..], snapshot.SegmentEnd);
        BinaryPrimitives.WriteInt64LittleEndian(target[56..], snapshot.LastFrame);
        BinaryPrimitives.WriteInt64LittleEndian(target[64..], index.Seq);
        BinaryPrimitives.WriteInt64LittleEndian(target[72..], index.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(target[80..], index.Records.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(target[88..], (uint)index.Erased.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(target[92..], (uint)index.Operations.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(target[96..], index.HoldsErased ? HoldsErased : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(target[100..], bodyCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(target[CheckedBytes..], Crc32C.Of(target[..CheckedBytes]));
    }

    private static void WriteBody(Span<byte> target, StoreIndex index)
    {
        foreach (var (key, slot) in index.Records)
            WriteSlot(ref target, key.Value, slot.Seq, slot.Payload);
        foreach (var key in index.Erased)
        {
            key.Value.TryWriteBytes(target, bigEndian: true, out _);
            target = target[KeyBytes..];
        }

        foreach (var (key, slot) in index.Operations)
            WriteSlot(ref target, key, slot.AtTicks, slot.Result);
    }

    private static void WriteSlot(ref Span<byte> target, Guid key, long stamp, Extent payload)
    {
        key.TryWriteBytes(target, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], stamp);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], payload.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(target[32..], payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[36..], payload.Crc);
        target = target[SlotBytes..];
    }

    private static StoreIndex ReadIndex(
        ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, (long Records, uint Erased, uint Operations) counts)
    {
        var index = new StoreIndex
        {
            Seq = BinaryPrimitives.ReadInt64LittleEndian(header[64..]),
            Epoch = BinaryPrimitives.ReadInt64LittleEndian(header[72..]),
            HoldsErased = BinaryPrimitives.ReadUInt32LittleEndian(header[96..]) == HoldsErased,
        };
        for (var i = 0L; i < counts.Records; i++)
        {
            var (key, seq, payload) = ReadSlot(ref body);
            index.SetRecord(new RecordKey(key), new RecordSlot(seq, payload));
        }

        for (var i = 0U; i < counts.Erased; i++, body = body[KeyBytes..])
            index.SetErased(new RecordKey(new Guid(body[..KeyBytes], bigEndian: true)));
        for (var i = 0U; i < counts.Operations; i++)
        {
            var (key, atTicks, result) = ReadSlot(ref body);
            index.SetOperation(key, new OperationSlot(atTicks, result));
        }

        return index;
    }

    private static (Guid Key, long Stamp, Extent Payload) ReadSlot(ref ReadOnlySpan<byte> body)
    {
        var slot = body[..SlotBytes];
        body = body[SlotBytes..];
        return (
            new Guid(slot[..KeyBytes], bigEndian: true),
            BinaryPrimitives.ReadInt64LittleEndian(slot[16..]),
            new Extent(
                BinaryPrimitives.ReadInt64LittleEndian(slot[24..]),
                BinaryPrimitives.ReadInt32LittleEndian(slot[32..]),
                BinaryPrimitives.ReadUInt32LittleEndian(slot[36..])));
    }
}
