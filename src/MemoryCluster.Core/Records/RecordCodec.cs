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
    private const byte Head = 0;
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

    /// <summary>The payload without its vector, which is taken from the stored one before it is written: no store ever holds it so.</summary>
    public static byte[] EncodeHead(MemoryRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, StoredJson.Instance.MemoryRecord);
        var head = new byte[HeaderBytes + json.Length];
        head[0] = Head;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), json.Length);
        json.CopyTo(head.AsSpan(HeaderBytes));
        return head;
    }

    public static bool IsHead(ReadOnlyMemory<byte> payload) => payload.Length >= HeaderBytes && payload.Span[0] == Head;

    /// <summary>A head with the vector of the record that it replaces, byte for byte.</summary>
    public static byte[] Complete(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> stored)
    {
        var tail = TailOf(stored).Span;
        var payload = new byte[head.Length + tail.Length];
        head.Span.CopyTo(payload);
        tail.CopyTo(payload.AsSpan(head.Length));
        payload[0] = Format;
        return payload;
    }

    /// <summary>The vector of a stored record alone; null where it has none.</summary>
    public static Embedding? DecodeEmbedding(ReadOnlyMemory<byte> payload) => EmbeddingOf(TailOf(payload));

    public static (MemoryRecord Record, Embedding? Embedding) Decode(ReadOnlyMemory<byte> payload)
    {
        var tail = TailOf(payload);
        var record = JsonSerializer.Deserialize(payload.Span[HeaderBytes..^tail.Length], StoredJson.Instance.MemoryRecord)
            ?? throw new MemoryClusterException(MemoryFault.StoreCorrupt, "A record's JSON is null.");
        return (record, EmbeddingOf(tail));
    }

    // The model and the vector.
    private static ReadOnlyMemory<byte> TailOf(ReadOnlyMemory<byte> payload)
    {
        var span = payload.Span;
        return span.Length >= HeaderBytes && span[0] == Format
            ? payload[(HeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(span[1..]))..]
            : throw new MemoryClusterException(
                MemoryFault.StoreCorrupt, $"A record of {span.Length} bytes has format {(span.Length > 0 ? span[0] : -1)}; this version reads {Format}.");
    }

    private static Embedding? EmbeddingOf(ReadOnlyMemory<byte> tail)
    {
        var modelLength = tail.Span[0];
        return modelLength == 0 ? null : new Embedding(Encoding.UTF8.GetString(tail.Span.Slice(1, modelLength)), tail[(1 + modelLength)..]);
    }
}
