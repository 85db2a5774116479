using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using MemoryCluster.Shards;

namespace MemoryCluster.Records;

/// <summary>A memory's stored payload: the record as JSON, its vector as raw floats behind it.</summary>
/// <remarks>
/// <code>
/// | format = 1 (u8) | json length (i32 LE) | json (UTF-8) | model length (u8) | model (UTF-8) | components (f32 LE) ... |
/// </code>
/// The vector stays out of the JSON: as text it would take four times the bytes and most of the time.
/// </remarks>
internal static class RecordCodec
{
    private const byte Format = 1;
    private const int HeaderBytes = 1 + sizeof(int);

    public static RecordKey KeyOf(MemoryId id) => new(id.Value);

    public static byte[] Encode(MemoryRecord record, Embedding? embedding)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, StoredJson.Instance.MemoryRecord);
        var model = Encoding.UTF8.GetBytes(embedding?.Model ?? "");
        var vector = embedding is null ? default : embedding.Bytes.Span;
        var payload = new byte[HeaderBytes + json.Length + 1 + model.Length + vector.Length];
        payload[0] = Format;
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(1), json.Length);
        json.CopyTo(payload.AsSpan(HeaderBytes));
        var tail = payload.AsSpan(HeaderBytes + json.Length);
        tail[0] = checked((byte)model.Length);
        model.CopyTo(tail[1..]);
        vector.CopyTo(tail[(1 + model.Length)..]);
        return payload;
    }

    public static (MemoryRecord Record, Embedding? Embedding) Decode(ReadOnlyMemory<byte> payload)
    {
        var span = payload.Span;
        if (span.Length < HeaderBytes || span[0] != Format)
        {
            throw new MemoryClusterException(
                MemoryFault.StoreCorrupt, $"A record of {span.Length} bytes has format {(span.Length > 0 ? span[0] : -1)}; this version reads {Format}.");
        }

        var jsonLength = BinaryPrimitives.ReadInt32LittleEndian(span[1..]);
        var record = JsonSerializer.Deserialize(span.Slice(HeaderBytes, jsonLength), StoredJson.Instance.MemoryRecord)
            ?? throw new MemoryClusterException(MemoryFault.StoreCorrupt, "A record's JSON is null.");
        var tail = payload[(HeaderBytes + jsonLength)..];
        var modelLength = tail.Span[0];
        return modelLength == 0
            ? (record, null)
            : (record, new Embedding(Encoding.UTF8.GetString(tail.Span.Slice(1, modelLength)), tail[(1 + modelLength)..]));
    }
}
