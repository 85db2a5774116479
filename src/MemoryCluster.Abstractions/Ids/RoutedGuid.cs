using System.Buffers.Binary;

namespace MemoryCluster;

/// <summary>
/// The bits shared by <see cref="MemoryId"/> and <see cref="RecallId"/>: a time-ordered UUID (RFC 9562, version 7) whose last 32 bits
/// name the team, so that a request that carries nothing but the id still finds its shard without a look-up.
/// </summary>
/// <remarks>
/// <code>
/// 0                48   52       64  66            96                128
/// | milliseconds   | 7  | random |10 | random      | team number      |
/// </code>
/// </remarks>
internal static class RoutedGuid
{
    public static Guid Create(DateTimeOffset at, ulong random, uint teamNumber)
    {
        Span<byte> bytes = stackalloc byte[16];
        var high = ((ulong)at.ToUnixTimeMilliseconds() << 16) | 0x7000 | (random & 0x0FFF);
        var low = (0b10UL << 62) | (((random >> 12) & 0x3FFF_FFFF) << 32) | teamNumber;
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The 36-character form.</summary>
    public static string Format(Guid value) => value.ToString("D");

    public static bool TryParse(ReadOnlySpan<char> text, out Guid value) => Guid.TryParseExact(text, "D", out value);

    public static uint TeamNumberOf(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]);
    }
}
