using System.Buffers.Binary;
using MemoryCluster.Shards;

namespace MemoryCluster.Records;

/// <summary>How far consolidation has come in a shard, as one record among its memories.</summary>
/// <remarks>
/// <code>
/// | format = 2 (u8) | sequence (i64 LE) |
/// </code>
/// </remarks>
internal static class WatermarkCodec
{
    private const byte Format = 2;
    private const int Bytes = 1 + sizeof(long);

    /// <summary>Where it stands: no memory's id has these bits, whose version is none of a time-ordered UUID.</summary>
    public static RecordKey Key { get; } = new(Guid.ParseExact("636f6e73-6f6c-0000-0000-000000000001", "D"));

    public static byte[] Encode(long seq)
    {
        var payload = new byte[Bytes];
        payload[0] = Format;
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(1), seq);
        return payload;
    }

    public static long Decode(ReadOnlyMemory<byte> payload) => payload.Length == Bytes && payload.Span[0] == Format
        ? BinaryPrimitives.ReadInt64LittleEndian(payload.Span[1..])
        : throw new MemoryClusterException(
            MemoryFault.StoreCorrupt, $"The watermark of {payload.Length} bytes has format {(payload.IsEmpty ? -1 : payload.Span[0])}; this version reads {Format}.");
}
