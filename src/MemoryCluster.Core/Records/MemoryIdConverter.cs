using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryCluster.Records;

/// <summary>Stores a memory's id in its 36-character form, without a string on the way: an outcome writes one for each memory used.</summary>
internal sealed class MemoryIdConverter : JsonConverter<MemoryId>
{
    public override MemoryId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, MemoryId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override MemoryId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(Guid.ParseExact(reader.GetString() ?? throw new JsonException("A memory's id is null."), "D"));

    public override void WriteAsPropertyName(Utf8JsonWriter writer, MemoryId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString());
}
