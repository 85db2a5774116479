using System.Numerics;
using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>Codes of vectors as a file.</summary>
/// <remarks>
/// <code>
/// | magic u64 | version i32 | dimensions i32 | tiers i32 | per tier: bits i32, count i32, count times:
///   ordinal i32, scale f32, bias i32, code (see PackedCode) | CRC-32C of all before, u32 |
/// </code>
/// Little-endian. What was taken away is not in it.
/// </remarks>
internal static class PackedFile
{
    private const ulong Magic = 0x4B43_4150_5643_4D00;
    private const int Version = 1;
    private const int HeaderBytes = sizeof(ulong) + (3 * sizeof(int));
    private const int TierBytes = 2 * sizeof(int);
    private const int NoteBytes = 3 * sizeof(int);

    public delegate void Take(int bits, int ordinal, float scale, int bias, ReadOnlySpan<byte> code);

    public static void Write(Stream file, int dimensions, PackedRows?[] tiers)
    {
        var held = tiers.OfType<PackedRows>().Where(tier => tier.Count > 0).ToArray();
        var crc = uint.MaxValue;
        Span<byte> header = stackalloc byte[HeaderBytes];
        MemoryMarshal.Write(header, Magic);
        MemoryMarshal.Write(header[8..], Version);
        MemoryMarshal.Write(header[12..], dimensions);
        MemoryMarshal.Write(header[16..], held.Length);
        Write(file, header, ref crc);
        foreach (var tier in held)
        {
            MemoryMarshal.Write(header, tier.Bits);
            MemoryMarshal.Write(header[4..], tier.Count);
            Write(file, header[..TierBytes], ref crc);
            foreach (var (ordinal, scale, bias, code) in tier.All())
            {
                MemoryMarshal.Write(header, ordinal);
                MemoryMarshal.Write(header[4..], scale);
                MemoryMarshal.Write(header[8..], bias);
                Write(file, header[..NoteBytes], ref crc);
                Write(file, code, ref crc);
            }
        }

        MemoryMarshal.Write(header, crc);
        file.Write(header[..sizeof(uint)]);
    }

    /// <summary>Hands out every code; what was handed out counts only when this returns.</summary>
    /// <exception cref="InvalidDataException">The file is no such thing, of a later version, cut short or damaged.</exception>
    public static void Read(Stream file, int dimensions, Take take)
    {
        try
        {
            ReadWhole(file, dimensions, take);
        }
        catch (EndOfStreamException)
        {
            Require(false, "it ends too soon");
        }
    }

    private static void ReadWhole(Stream file, int dimensions, Take take)
    {
        var crc = uint.MaxValue;
        var header = new byte[HeaderBytes];
        Read(file, header, ref crc);
        Require(MemoryMarshal.Read<ulong>(header) == Magic && MemoryMarshal.Read<int>(header.AsSpan(8)) == Version, "it is of another kind or version");
        Require(MemoryMarshal.Read<int>(header.AsSpan(12)) == dimensions, "its vectors have another length");
        for (var tiers = MemoryMarshal.Read<int>(header.AsSpan(16)); tiers > 0; tiers--)
        {
            Read(file, header.AsSpan(0, TierBytes), ref crc);
            var (bits, count) = (MemoryMarshal.Read<int>(header), MemoryMarshal.Read<int>(header.AsSpan(4)));
            Require(PackedCode.Precisions.Contains(bits), $"it has vectors of {bits} bits");
            var row = new byte[NoteBytes + PackedCode.BytesOf(dimensions, bits)];
            for (; count > 0; count--)
            {
                Read(file, row, ref crc);
                var note = row.AsSpan();
                take(bits, MemoryMarshal.Read<int>(note), MemoryMarshal.Read<float>(note[4..]), MemoryMarshal.Read<int>(note[8..]), note[NoteBytes..]);
            }
        }

        var expected = crc;
        Read(file, header.AsSpan(0, sizeof(uint)), ref crc);
        Require(MemoryMarshal.Read<uint>(header) == expected, "its checksum is wrong");
    }

    private static void Write(Stream file, ReadOnlySpan<byte> bytes, ref uint crc)
    {
        crc = Crc(crc, bytes);
        file.Write(bytes);
    }

    private static void Read(Stream file, Span<byte> bytes, ref uint crc)
    {
        file.ReadExactly(bytes);
        crc = Crc(crc, bytes);
    }

    private static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw new InvalidDataException($"The file holds no codes of vectors that can be used: {reason}. Build the index again from its vectors.");
        }
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var last in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, last);
        }

        return crc;
    }
}
