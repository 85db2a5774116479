using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryCluster.Contract;

/// <summary>Reads and writes an enum as its word; numbers, other cases and unknown words are refused.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class WordConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private static readonly ImmutableArray<JsonEncodedText> Encoded = [.. Word.All<TEnum>().Select(word => JsonEncodedText.Encode(word))];

    /// <inheritdoc/>
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            for (var i = 0; i < Encoded.Length; i++)
            {
                if (reader.ValueTextEquals(Encoded[i].EncodedUtf8Bytes))
                {
                    return Word.Table<TEnum>.Values[i];
                }
            }
        }

        throw new JsonException($"One of {string.Join(", ", Word.All<TEnum>())} was expected.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options)
    {
        var index = Word.Table<TEnum>.Values.IndexOf(value);
        if (index < 0)
        {
            throw new JsonException($"{typeof(TEnum).Name} {value} has no word on the wire.");
        }

        writer.WriteStringValue(Encoded[index]);
    }
}
