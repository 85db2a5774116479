using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace MemoryCluster.Gateway.Http;

/// <summary>Writes a body in one piece: its length is known, so the answer needs no chunks.</summary>
internal sealed class ReplyBuffer : IDisposable
{
    private const int KeptBytesMax = 1 << 20;

    [ThreadStatic]
    private static ReplyBuffer? cached;

    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private readonly Utf8JsonWriter _json;

    private ReplyBuffer() =>
        _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Serialises <paramref name="body"/> into the response, which is sent when the request ends.</summary>
    public static void Write<T>(HttpResponse response, int status, string contentType, T body, JsonTypeInfo<T> type)
    {
        // one buffer per thread: nothing is awaited between taking and returning it
        var buffer = cached ?? new ReplyBuffer();
        cached = null;
        JsonSerializer.Serialize(buffer._json, body, type);
        var bytes = buffer._bytes.WrittenSpan;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        response.BodyWriter.Write(bytes);
        buffer.Return();
    }

    public void Dispose() => _json.Dispose();

    private void Return()
    {
        if (_bytes.Capacity > KeptBytesMax)
        {
            Dispose();
            return;
        }

        _bytes.ResetWrittenCount();
        _json.Reset();
        cached = this;
    }
}
