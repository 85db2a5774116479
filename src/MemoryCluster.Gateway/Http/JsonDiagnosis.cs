using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Http;

/// <summary>
/// Says what is wrong with a body that the serialiser refused: walks it beside the type's metadata, so that nothing hangs on the words
/// of an exception. Only the contract's own names are spoken, never the caller's.
/// </summary>
internal static class JsonDiagnosis
{
    private const int DeepestLooked = 512;

    public static RefusalException Explain(ReadOnlyMemory<byte> bytes, JsonTypeInfo type, JsonException cause)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = DeepestLooked });
            return DepthOf(document.RootElement) > type.Options.MaxDepth
                ? new RefusalException(Refusals.JsonTooDeep, $"The body nests deeper than {type.Options.MaxDepth} levels. Flatten it.", null, cause)
                : Walk(document.RootElement, type, "") ?? Invalid(cause);
        }
        catch (JsonException)
        {
            return IsTooDeep(bytes)
                ? new RefusalException(Refusals.JsonTooDeep, $"The body nests deeper than {type.Options.MaxDepth} levels. Flatten it.", null, cause)
                : Invalid(cause);
        }
    }

    private static RefusalException Invalid(Exception cause) => new(
        Refusals.JsonInvalid, "The body is not one JSON document: no comments, trailing commas, half surrogates or second documents.", null, cause);

    private static bool IsTooDeep(ReadOnlyMemory<byte> bytes)
    {
        var depth = 0;
        foreach (var b in bytes.Span)
        {
            depth += b is (byte)'[' or (byte)'{' ? 1 : b is (byte)']' or (byte)'}' ? -1 : 0;
            if (depth > DeepestLooked)
            {
                return true;
            }
        }

        return false;
    }

    private static int DepthOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => 1 + element.EnumerateObject().Select(member => DepthOf(member.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + element.EnumerateArray().Select(DepthOf).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static RefusalException? Walk(JsonElement element, JsonTypeInfo type, string path) => type.Kind switch
    {
        JsonTypeInfoKind.Object => WalkObject(element, type, path),
        JsonTypeInfoKind.Enumerable => WalkArray(element, type, path),
        _ => WalkValue(element, type, path),
    };

    private static RefusalException? WalkObject(JsonElement element, JsonTypeInfo type, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return Mismatch("a JSON object", path);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (WalkMember(member, type, path, seen) is { } problem)
            {
                return problem;
            }
        }

        return type.Properties.FirstOrDefault(property => property.IsRequired && !seen.Contains(property.Name)) is { } missing
            ? new RefusalException(Refusals.MemberMissing, $"Give the member '{missing.Name}'.", path + missing.Name)
            : null;
    }

    private static RefusalException? WalkMember(JsonProperty member, JsonTypeInfo type, string path, HashSet<string> seen)
    {
        if (NameOf(member) is not { } name)
        {
            return new RefusalException(Refusals.JsonInvalid, "A member's name holds half a surrogate pair. Send whole characters.");
        }

        if (type.Properties.FirstOrDefault(property => property.Name == name) is not { } known)
        {
            var names = string.Join(", ", type.Properties.Select(property => property.Name));
            return new RefusalException(Refusals.MemberUnknown, $"Leave out what is not one of: {names}. Names are case-sensitive.", Parent(path));
        }

        if (!seen.Add(name))
        {
            return new RefusalException(Refusals.MemberDuplicate, $"Give the member '{name}' once.", path + name);
        }

        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return known.IsSetNullable
                ? null
                : new RefusalException(Refusals.MemberMissing, $"Give the member '{name}' a value that is not null.", path + name);
        }

        return Walk(member.Value, Unwrapped(known, type), $"{path}{name}.");
    }

    private static RefusalException? WalkArray(JsonElement element, JsonTypeInfo type, string path)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return Mismatch("a JSON array", path);
        }

        var item = type.Options.GetTypeInfo(type.ElementType!);
        var index = 0;
        foreach (var value in element.EnumerateArray())
        {
            if (value.ValueKind != JsonValueKind.Null && Walk(value, item, $"{Parent(path)}[{index}].") is { } problem)
            {
                return problem;
            }

            index++;
        }

        return null;
    }

    private static RefusalException? WalkValue(JsonElement element, JsonTypeInfo type, string path)
    {
        try
        {
            element.Deserialize(type);
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Expected(element, type.Type, path, exception);
        }
    }

    private static RefusalException Expected(JsonElement element, Type type, string path, Exception cause)
    {
        if (type.IsEnum)
        {
            var words = type == typeof(MemoryKind) ? Word.All<MemoryKind>() : type == typeof(KeyScopes) ? Word.All<KeyScopes>() : Word.All<Visibility>();
            return new RefusalException(Refusals.ValueUnknown, $"Give one of: {string.Join(", ", words)}.", Parent(path), cause);
        }

        if (type == typeof(DateTimeOffset))
        {
            return new RefusalException(
                Refusals.TimestampInvalid, "Give an RFC 3339 timestamp with an offset, as 2026-01-31T12:00:00Z.", Parent(path), cause);
        }

        if (element.ValueKind == JsonValueKind.String && type == typeof(string))
        {
            return new RefusalException(Refusals.JsonInvalid, "The string holds half a surrogate pair. Send whole characters.", Parent(path), cause);
        }

        return Mismatch(Describe(type), path);
    }

    private static RefusalException Mismatch(string expected, string path) =>
        new(Refusals.TypeMismatch, $"Give {expected} here.", Parent(path));

    private static string Describe(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => "a JSON string",
        TypeCode.Boolean => "true or false",
        TypeCode.Int32 => "a whole JSON number of 32 bits, without quotes, point or exponent",
        TypeCode.Int64 => "a whole JSON number of 64 bits, without quotes, point or exponent",
        _ => "a JSON number",
    };

    private static JsonTypeInfo Unwrapped(JsonPropertyInfo property, JsonTypeInfo owner) =>
        owner.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);

    private static string? Parent(string path) => path.Length == 0 ? null : path.TrimEnd('.');

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
