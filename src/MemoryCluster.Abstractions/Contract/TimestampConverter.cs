using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryCluster.Contract;

/// <summary>Reads RFC 3339 timestamps and refuses those without an offset, which would mean another moment on another machine.</summary>
public sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.HasValueSequence && HasOffset(reader.ValueSpan)
            && reader.TryGetDateTimeOffset(out var value))
        {
            return value;
        }

        throw new JsonException("An RFC 3339 timestamp with an offset was expected.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static bool HasOffset(ReadOnlySpan<byte> text)
    {
        var time = text.IndexOf((byte)'T');
        return time > 0 && (text[^1] == (byte)'Z' || (text.Length > time + 6 && text[^6] is (byte)'+' or (byte)'-' && text[^3] == (byte)':'));
    }
}
