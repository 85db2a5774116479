using System.Text;
using System.Text.Json;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Validation;

/// <summary>What a caller may hang onto a memory: a JSON object of at most 64 members and 8 KB, which comes back as it was given.</summary>
internal static class MetadataRule
{
    private const int MembersMax = 64;
    private const int BytesMax = 8 << 10;
    private const string Field = "metadata";

    // names that other JSON readers act upon when the metadata comes back to them
    private static readonly string[] Refused = ["__proto__", "constructor", "prototype", "$type", "$id", "$ref", "$values"];

    public static string? Check(RawJson? metadata)
    {
        if (metadata is not { } raw)
        {
            return null;
        }

        if (Encoding.UTF8.GetByteCount(raw.Text) > BytesMax)
        {
            throw new RefusalException(Refusals.MetadataTooLarge, $"Keep 'metadata' under {BytesMax >> 10} KB.", Field);
        }

        using var document = JsonDocument.Parse(raw.Text);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new RefusalException(Refusals.TypeMismatch, "Give a JSON object as 'metadata'.", Field);
        }

        var members = 0;
        Walk(document.RootElement, ref members);
        return raw.Text;
    }

    private static void Walk(JsonElement element, ref int members)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WalkObject(element, ref members);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Walk(item, ref members);
                }

                break;
            case JsonValueKind.String:
                TextCheck.Visible(Decoded(element.GetString), Field);
                break;
            default:
                break;
        }
    }

    private static void WalkObject(JsonElement element, ref int members)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (++members > MembersMax)
            {
                throw new RefusalException(Refusals.MetadataTooLarge, $"Keep 'metadata' to {MembersMax} members, those of inner objects included.", Field);
            }

            var name = Decoded(() => member.Name);
            TextCheck.Visible(name, Field);
            if (Refused.Contains(name))
            {
                throw new RefusalException(
                    Refusals.MetadataInvalid, $"Name no member of 'metadata' one of: {string.Join(", ", Refused)}.", Field);
            }

            if (!names.Add(name))
            {
                throw new RefusalException(Refusals.MemberDuplicate, "Give each member of an object in 'metadata' once.", Field);
            }

            Walk(member.Value, ref members);
        }
    }

    private static string Decoded(Func<string?> read)
    {
        try
        {
            return read() ?? "";
        }
        catch (InvalidOperationException exception)
        {
            throw new RefusalException(Refusals.JsonInvalid, "'metadata' holds half a surrogate pair. Send whole characters.", Field, exception);
        }
    }
}
