using System.Buffers.Binary;
using System.Numerics;

namespace MemoryCluster.Storage.Files;

/// <summary>The Castagnoli checksum (RFC 3720, appendix B.4), by the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes) => Of(bytes, salt: null);

    /// <summary>Salted, so that no payload can be written to look like a frame of the segment it lies in.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, ulong? salt)
    {
        var crc = ~0u;
        if (salt is { } first)
            crc = BitOperations.Crc32C(crc, first);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
