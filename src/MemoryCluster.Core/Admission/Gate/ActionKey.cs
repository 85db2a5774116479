using System.Text.Json;
using MemoryCluster.Records;

namespace MemoryCluster.Admission.Gate;

/// <summary>Tells whether two steps are the very same action: tool and arguments, whatever order the arguments stand in.</summary>
public static class ActionKey
{
    public static Guid Of(string? tool, string input) => Hash128.Of(tool, Canonical(input));

    private static string Canonical(string input)
    {
        if (!input.AsSpan().TrimStart().StartsWith("{"))
        {
            return input.Trim();
        }

        try
        {
            using var document = JsonDocument.Parse(input);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                Write(document.RootElement, writer);
            }

            return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
        }
        catch (JsonException)
        {
            // Arguments that only look like JSON are compared as the text that they are.
            return input.Trim();
        }
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
