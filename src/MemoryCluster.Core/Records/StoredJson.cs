using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MemoryCluster.Controller;
using MemoryCluster.Summaries;

namespace MemoryCluster.Records;

/// <summary>The JSON of stored records. Members are told apart by name: they may be added, never renamed or reused.</summary>
[JsonSerializable(typeof(MemoryRecord))]
[JsonSerializable(typeof(RememberResult))]
[JsonSerializable(typeof(DeletionReceipt))]
[JsonSerializable(typeof(StoredOperation))]
[JsonSerializable(typeof(StoredDirectoryRecord))]
[JsonSerializable(typeof(StoredControllerRecord))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(DiffusionEntry))]
[JsonSerializable(typeof(ConsolidationEntry))]
[JsonSerializable(typeof(WrittenSummary))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static StoredJson Instance { get; } = new(CreateOptions());

    private static JsonSerializerOptions CreateOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Stored bytes never meet a browser; escaping every non-ASCII character would triple them.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new TextConverter<TeamId>(id => id.Value, text => new TeamId(text)),
            new TextConverter<AgentId>(id => id.Value, text => new AgentId(text)),
            new TextConverter<UserId>(id => id.Value, text => new UserId(text)),
            new TextConverter<RunId>(id => id.Value, text => new RunId(text)),
            new TextConverter<ResourceId>(id => id.Value, text => new ResourceId(text)),
            new MemoryIdConverter(),
            new TextConverter<KeyId>(id => id.ToString(), text => new KeyId(System.Guid.ParseExact(text, "N"))),
        },
    };
}
