using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>An index as a file that is opened by mapping it.</summary>
/// <remarks>
/// <code>
/// 0        8         12           16           20      24       28          32     40            48               56
/// | magic  | version | dimensions | slots, end | graph | entry  | reserved  | seed | body bytes  | CRC-32C body   | CRC-32C of 0..55
/// 4096: vectors: slots in whole pages of 64, floats, padded rows
///       ordinals: ~ordinal a slot, whole pages of 64
///       nodes (with a graph): whole pages, see HnswNodes
///       upper layers (with a graph): row count, then rows in whole pages of 64, see HnswLayer; each begins on a multiple of 64
/// </code>
/// Little-endian. The body follows the header's page, so that mapped rows begin on cache lines. Both checksums are verified before anything is used.
/// </remarks>
internal static unsafe class VectorFile
{
    private const ulong Magic = 0x5845_444E_4943_4D00;
    private const int Version = 1;
    private const int HeaderBytes = 64;
    private const int BodyOffset = 4_096;
    private const int BodyCrcOffset = 48;
    private const int HeaderCrcOffset = 56;

    /// <summary>Writes twice over: once for the checksum, which stands before what it is of, and once for the file.</summary>
    public static void Write(Stream file, VectorRows rows, HnswGraph? graph, ulong seed)
    {
        var sum = new Body(Stream.Null);
        WriteBody(sum, rows, graph);
        var header = new byte[BodyOffset];
        MemoryMarshal.Write(header, Magic);
        MemoryMarshal.Write(header.AsSpan(8), Version);
        MemoryMarshal.Write(header.AsSpan(12), rows.Dimensions);
        MemoryMarshal.Write(header.AsSpan(16), rows.SlotsEnd);
        MemoryMarshal.Write(header.AsSpan(20), graph is null ? 0 : 1);
        MemoryMarshal.Write(header.AsSpan(24), graph?.Entry ?? -1);
        MemoryMarshal.Write(header.AsSpan(32), seed);
        MemoryMarshal.Write(header.AsSpan(40), sum.Length);
        MemoryMarshal.Write(header.AsSpan(BodyCrcOffset), sum.Crc);
        MemoryMarshal.Write(header.AsSpan(HeaderCrcOffset), (ulong)Crc(uint.MaxValue, header.AsSpan(0, HeaderCrcOffset)));
        file.Write(header);
        WriteBody(new Body(file), rows, graph);
    }

    private static void WriteBody(Body body, VectorRows rows, HnswGraph? graph)
    {
        rows.Write(body.Write);
        graph?.Write(body.Write);
    }

    public static (VectorRows Rows, HnswGraph? Graph, ulong Seed) Read(MemoryMappedFile map, long length)
    {
        Require(length >= BodyOffset, $"it has {length} bytes, fewer than a header");
        var view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.CopyOnWrite);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
        var header = new ReadOnlySpan<byte>(start, HeaderBytes);
        Require(MemoryMarshal.Read<ulong>(header) == Magic, "it does not begin like one");
        var version = MemoryMarshal.Read<int>(header[8..]);
        Require(version == Version, $"its version is {version}, this program reads {Version}");
        var headerCrc = Crc(uint.MaxValue, header[..HeaderCrcOffset]);
        Require(MemoryMarshal.Read<ulong>(header[HeaderCrcOffset..]) == headerCrc, "its header is damaged");
        var bodyBytes = MemoryMarshal.Read<long>(header[40..]);
        Require(bodyBytes == length - BodyOffset, $"it has {length - BodyOffset} bytes behind the header, not {bodyBytes}");
        Require(MemoryMarshal.Read<uint>(header[BodyCrcOffset..]) == Crc(start + BodyOffset, bodyBytes), "its body is damaged");

        var body = new MappedBody(start + BodyOffset, bodyBytes, (map, view));
        var seed = MemoryMarshal.Read<ulong>(header[32..]);
        var rows = VectorRows.Read(MemoryMarshal.Read<int>(header[12..]), MemoryMarshal.Read<int>(header[16..]), body);
        var graph = MemoryMarshal.Read<int>(header[20..]) == 0 ? null : HnswGraph.Read(rows, seed, MemoryMarshal.Read<int>(header[24..]), body);
        return (rows, graph, seed);
    }

    private static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw new InvalidDataException($"The file is no vector index that can be used: {reason}. Build the index again from its vectors.");
        }
    }

    private static uint Crc(byte* bytes, long count)
    {
        const int Part = 1 << 30;
        var crc = uint.MaxValue;
        for (var at = 0L; at < count; at += Part)
        {
            crc = Crc(crc, new ReadOnlySpan<byte>(bytes + at, (int)Math.Min(Part, count - at)));
        }

        return crc;
    }

    // Eight bytes at a time: everything here comes in multiples of eight.
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        return crc;
    }

    private sealed class Body(Stream file)
    {
        public uint Crc { get; private set; } = uint.MaxValue;

        public long Length { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            Length += bytes.Length;
            Crc = VectorFile.Crc(Crc, bytes);
            file.Write(bytes);
        }
    }
}
