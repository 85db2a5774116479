using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryCluster.Contract;

/// <summary>A JSON value that is carried as it came: never re-read into another type, never reformatted.</summary>
/// <param name="Text">The JSON text of one value.</param>
[JsonConverter(typeof(RawJsonConverter))]
public readonly record struct RawJson(string Text)
{
    /// <summary>A JSON string.</summary>
    public static RawJson Of(string value) => new($"\"{JsonEncodedText.Encode(value)}\"");

    /// <summary>A JSON number.</summary>
    public static RawJson Of(long value) => new(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Any JSON value that was parsed elsewhere.</summary>
    public static RawJson Of(JsonElement value) => new(value.GetRawText());

    /// <summary>Parses it.</summary>
    public JsonElement ToElement() => JsonElement.Parse(Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
