using System.Buffers.Binary;

namespace MemoryCluster.Storage.Files.Format;

/// <summary>The first bytes of a log segment.</summary>
/// <remarks>
/// <code>
///  0      8        12     16         32      40     48        56       64         72   76        80
///  +------+--------+------+----------+-------+------+---------+--------+----------+----+---------+
///  |MCLOG |version |length|store hash| number| salt |base ends|base seq|base epoch| 0  |header   |
///  |000   | 1      | 80   |          |       |      |         |        |          |    |crc      |
///  +------+--------+------+----------+-------+------+---------+--------+----------+----+---------+
/// </code>
/// Little-endian. A segment appears under its name whole, header and base frames and all: only what follows "base ends" can be torn.
/// </remarks>
/// <param name="Store">The hash of the store's id.</param>
/// <param name="Number">The segment's, one more with every rewrite: the generation of the log.</param>
/// <param name="Salt">Random; salts every frame header's checksum.</param>
/// <param name="BaseEnd">Where the base frames end, and appended frames begin.</param>
/// <param name="BaseSeq">The sequence number as of the base.</param>
/// <param name="BaseEpoch">The epoch as of the base.</param>
internal readonly record struct SegmentHeader(StoreHash Store, long Number, ulong Salt, long BaseEnd, long BaseSeq, long BaseEpoch)
{
    public const int Bytes = 80;
    public const uint Version = 1;

    private const int CheckedBytes = 76;

    private static ReadOnlySpan<byte> Magic => "MCLOG\0\0\0"u8;

    public void Write(Span<byte> target)
    {
        target[..Bytes].Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], Bytes);
        Store.Write(target[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], Number);
        BinaryPrimitives.WriteUInt64LittleEndian(target[40..], Salt);
        BinaryPrimitives.WriteInt64LittleEndian(target[48..], BaseEnd);
        BinaryPrimitives.WriteInt64LittleEndian(target[56..], BaseSeq);
        BinaryPrimitives.WriteInt64LittleEndian(target[64..], BaseEpoch);
        BinaryPrimitives.WriteUInt32LittleEndian(target[CheckedBytes..], Crc32C.Of(target[..CheckedBytes]));
    }

    /// <exception cref="InvalidDataException">Not a segment, another version, or damaged.</exception>
    public static SegmentHeader Read(ReadOnlySpan<byte> source)
    {
        FileHeader.Check(source, Magic, Version, Bytes, CheckedBytes);
        return new SegmentHeader(
            StoreHash.Read(source[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[56..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[64..]));
    }
}
