using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MemoryCluster.Gateway.OpenApi;

/// <summary>Tells the schemas of what has a converter of its own, which the generator cannot look into.</summary>
internal static class ContractSchema
{
    public static Task Transform(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (WordsOf(type) is { } words)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. words.Select(word => (JsonNode)JsonValue.Create(word)!)];
        }
        else if (type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "date-time";
        }
        else if (type == typeof(RawJson))
        {
            schema.Description = "Any JSON value that the member's rule allows; it comes back as it was given.";
        }

        return Task.CompletedTask;
    }

    private static ImmutableArray<string>? WordsOf(Type type) =>
        type == typeof(MemoryKind) ? Word.All<MemoryKind>()
        : type == typeof(Visibility) ? Word.All<Visibility>()
        : type == typeof(MemoryState) ? Word.All<MemoryState>()
        : type == typeof(Decision) ? Word.All<Decision>()
        : type == typeof(KeyScopes) ? Word.All<KeyScopes>()
        : type == typeof(RecallChannels) ? Word.All<RecallChannels>()
        : null;
}
