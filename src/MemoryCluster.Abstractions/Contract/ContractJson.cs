using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryCluster.Contract;

/// <summary>The contract's bodies as JSON: camel case, nulls left out, enums as words, timestamps with an offset; no reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(PutTeamRequest))]
[JsonSerializable(typeof(TeamResponse))]
[JsonSerializable(typeof(TeamListResponse))]
[JsonSerializable(typeof(PutAgentRequest))]
[JsonSerializable(typeof(AgentResponse))]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(CreateKeyResponse))]
[JsonSerializable(typeof(RememberRequest))]
[JsonSerializable(typeof(RememberResponse))]
[JsonSerializable(typeof(RememberBatchRequest))]
[JsonSerializable(typeof(RememberBatchResponse))]
[JsonSerializable(typeof(PatchMemoryRequest))]
[JsonSerializable(typeof(MemoryResponse))]
[JsonSerializable(typeof(MemoryListResponse))]
[JsonSerializable(typeof(MemoryHistoryResponse))]
[JsonSerializable(typeof(LineageResponse))]
[JsonSerializable(typeof(DeleteMemoryResponse))]
[JsonSerializable(typeof(ForgetRequest))]
[JsonSerializable(typeof(ForgetResponse))]
[JsonSerializable(typeof(RecallRequest))]
[JsonSerializable(typeof(RecallResponse))]
[JsonSerializable(typeof(OutcomeRequest))]
[JsonSerializable(typeof(ControllerTeamResponse))]
[JsonSerializable(typeof(ConsolidateResponse))]
[JsonSerializable(typeof(ConsolidationStepBody))]
[JsonSerializable(typeof(ConsolidationListResponse))]
[JsonSerializable(typeof(TimelineResponse))]
[JsonSerializable(typeof(PutPolicyRequest))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(RunAcceptedResponse))]
[JsonSerializable(typeof(RunResponse))]
[JsonSerializable(typeof(DecisionListResponse))]
[JsonSerializable(typeof(CertificateResponse))]
[JsonSerializable(typeof(DiffusionListResponse))]
[JsonSerializable(typeof(PutEmbedderRequest))]
[JsonSerializable(typeof(EmbedderResponse))]
[JsonSerializable(typeof(PutReplayerRequest))]
[JsonSerializable(typeof(ReplayerResponse))]
[JsonSerializable(typeof(ReplayerListResponse))]
[JsonSerializable(typeof(CertificateRerunResponse))]
public sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>For clients: members that a newer server adds are passed over.</summary>
    public static ContractJson Tolerant { get; } = new(OptionsFrom(JsonSerializerDefaults.Web));

    /// <summary>For the gateway: unknown and doubled members, nulls for what is required, and numbers as text are refused; 16 levels at most.</summary>
    public static ContractJson Strict { get; } = new(OptionsFrom(JsonSerializerDefaults.Strict));

    private static JsonSerializerOptions OptionsFrom(JsonSerializerDefaults defaults) => new(defaults)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 16,
        // The bodies are application/json and never part of a page, so only what JSON itself demands is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new WordConverter<MemoryKind>(),
            new WordConverter<Visibility>(),
            new WordConverter<MemoryState>(),
            new WordConverter<MemoryZone>(),
            new WordConverter<DiffusionStatus>(),
            new WordConverter<Decision>(),
            new WordConverter<StepAdmission>(),
            new WordConverter<KeyScopes>(),
            new WordConverter<RecallChannels>(),
            new WordConverter<ConsolidationReason>(),
            new WordConverter<ConsolidationEnd>(),
            new WordConverter<SummaryOrigin>(),
            new TimestampConverter(),
        },
    };
}
