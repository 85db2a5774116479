using System.Buffers.Text;
using System.Text;

namespace MemoryCluster.LoadTests.Http;

/// <summary>Finds where an HTTP/1.1 answer ends and what it says, in bytes as they came: no objects, no copies.</summary>
internal static class HttpResponseReader
{
    private const int StatusOffset = 9;
    private const int StatusLength = 3;

    /// <summary>Reads the answer at the start of the bytes; false while some of it is still to come.</summary>
    /// <exception cref="InvalidDataException">The bytes are no answer.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HttpAnswer answer)
    {
        answer = default;
        var headerLength = bytes.IndexOf("\r\n\r\n"u8);
        if (headerLength < 0)
            return false;

        var header = bytes[..(headerLength + 2)];
        var bodyStart = headerLength + 4;
        var bodyLength = BodyLength(header, bytes[bodyStart..]);
        if (bodyLength is not { } length || bytes.Length < bodyStart + length)
            return false;

        answer = new HttpAnswer(StatusOf(header), bodyStart, bodyStart + length);
        return true;
    }

    private static int StatusOf(ReadOnlySpan<byte> header) =>
        header.Length >= StatusOffset + StatusLength && header.StartsWith("HTTP/1.1 "u8)
            && Utf8Parser.TryParse(header.Slice(StatusOffset, StatusLength), out int status, out _)
            ? status
            : throw new InvalidDataException("The server did not answer in HTTP/1.1.");

    /// <summary>Bytes after the header, framing included; null while they are not all here and not yet known.</summary>
    private static int? BodyLength(ReadOnlySpan<byte> header, ReadOnlySpan<byte> rest)
    {
        if (ValueOf(header, "\r\ncontent-length:"u8) is { IsEmpty: false } length)
            return Utf8Parser.TryParse(length, out int value, out _) ? value : throw new InvalidDataException("Content-Length is no number.");
        return ValueOf(header, "\r\ntransfer-encoding:"u8).IsEmpty ? 0 : ChunkedLength(rest);
    }

    private static int? ChunkedLength(ReadOnlySpan<byte> rest)
    {
        for (var at = 0; ;)
        {
            var lineLength = rest[at..].IndexOf("\r\n"u8);
            if (lineLength < 0)
                return null;
            if (!Utf8Parser.TryParse(rest.Slice(at, lineLength), out int size, out _, 'x'))
                throw new InvalidDataException("A chunk begins without its size.");
            at += lineLength + 2 + size + 2;
            if (size == 0)
                return at;
            if (at > rest.Length)
                return null;
        }
    }

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name)
    {
        for (var at = 0; at + name.Length <= header.Length; at++)
        {
            if (!Ascii.EqualsIgnoreCase(header.Slice(at, name.Length), name))
                continue;
            var value = header[(at + name.Length)..];
            return value[..value.IndexOf("\r\n"u8)].Trim((byte)' ');
        }

        return default;
    }
}
