using System.Buffers.Binary;

namespace MemoryCluster.Storage.Files.Format;

/// <summary>What stands before a frame's body.</summary>
/// <remarks>
/// <code>
///  0     3 4      8         16        24       32       36      40          8-byte boundary
///  +-----+-+------+---------+---------+--------+--------+-------+---------...+-----+
///  | MCF |k|length|first seq| last seq|  epoch |body crc|hdr crc| body       |0 pad|
///  +-----+-+------+---------+---------+--------+--------+-------+---------...+-----+
/// </code>
/// Little-endian; k is the <see cref="FrameKind"/>; the header's checksum is over its first 36 bytes, salted by the segment.
/// </remarks>
internal readonly record struct FrameHeader(FrameKind Kind, int BodyLength, long FirstSeq, long LastSeq, long Epoch, uint BodyCrc)
{
    public const int Bytes = 40;
    public const int Alignment = 8;

    private const uint Mark = 'M' | ('C' << 8) | ('F' << 16);
    private const uint MarkMask = 0x00FF_FFFF;
    private const int CheckedBytes = 36;

    /// <summary>From this frame's first byte to the next one's.</summary>
    public int Stride => (Bytes + BodyLength + Alignment - 1) & -Alignment;

    public void Write(Span<byte> target, ulong salt)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, Mark | ((uint)Kind << 24));
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], BodyLength);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], FirstSeq);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], LastSeq);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], Epoch);
        BinaryPrimitives.WriteUInt32LittleEndian(target[32..], BodyCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(target[CheckedBytes..], Crc32C.Of(target[..CheckedBytes], salt));
    }

    public static bool TryRead(ReadOnlySpan<byte> source, ulong salt, out FrameHeader header)
    {
        header = default;
        if (source.Length < Bytes || (BinaryPrimitives.ReadUInt32LittleEndian(source) & MarkMask) != Mark)
            return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(source[CheckedBytes..]) != Crc32C.Of(source[..CheckedBytes], salt))
            return false;

        header = new FrameHeader(
            (FrameKind)source[3],
            BinaryPrimitives.ReadInt32LittleEndian(source[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[32..]));
        return true;
    }
}
