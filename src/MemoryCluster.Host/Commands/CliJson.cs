using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MemoryCluster.Contract;
using MemoryCluster.Host.Commands.Evaluation;
using MemoryCluster.Host.Commands.Ingest;
using MemoryCluster.Host.Commands.Verify;

namespace MemoryCluster.Host.Commands;

/// <summary>What the commands print with <c>--json</c>, and the files that they keep.</summary>
[JsonSerializable(typeof(RecallResponse))]
[JsonSerializable(typeof(CertificateResponse))]
[JsonSerializable(typeof(CertifyReport))]
[JsonSerializable(typeof(IngestSummary))]
[JsonSerializable(typeof(KeptPosition))]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(VerifyReport))]
internal sealed partial class CliJson : JsonSerializerContext
{
    public static CliJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        // A terminal is no page: letters stay letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new WordConverter<MemoryKind>(), new WordConverter<RecallChannels>(), new WordConverter<Decision>() },
    });
}
