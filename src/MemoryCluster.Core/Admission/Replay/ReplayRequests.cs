using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MemoryCluster.Admission.Replay;

/// <summary>Makes the requests of a replay outside of the cluster: one with the memory, one without, the same but for that.</summary>
internal static class ReplayRequests
{
    private const string Type = "memorycluster.replay.v1";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReplayRequest Without(RunRecord run, Guid decision) => Of(run, decision, null, MemoryKind.Unspecified);

    public static ReplayRequest With(RunRecord run, Guid decision, string memory, MemoryKind kind) => Of(run, decision, memory, kind);

    private static ReplayRequest Of(RunRecord record, Guid decision, string? memory, MemoryKind kind)
    {
        var run = record.Run;
        var expected = ReplayContext.AnswerOf(run);
        var body = BodyOf(record, expected, memory, kind);
        return new ReplayRequest
        {
            Id = $"msg_{Records.Hash128.Of("replay", decision.ToString("N"), record.Id.Value, memory is null ? "a" : "b"):N}",
            Task = run.Task, Input = run.Input, Seeds = run.Seeds, Expected = expected, Memory = memory,
            Body = Encoding.UTF8.GetString(body),
            Fingerprint = new Guid(SHA256.HashData(body).AsSpan(0, 16), bigEndian: true),
        };
    }

    private static byte[] BodyOf(RunRecord record, string? expected, string? memory, MemoryKind kind)
    {
        var run = record.Run;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            json.WriteStartObject();
            json.WriteString("type", Type);
            json.WriteString("team", record.Team.Value);
            json.WriteString("runId", record.Id.Value);
            json.WriteString("agent", run.Agent.Value);
            json.WriteString("task", run.Task);
            json.WriteString("input", run.Input);
            WriteOptional(json, "domain", run.Domain);
            json.WriteStartArray("seeds");
            foreach (var seed in run.Seeds)
            {
                json.WriteNumberValue(seed);
            }

            json.WriteEndArray();
            WriteOptional(json, "configHash", run.ConfigHash);
            WriteOptional(json, "modelVersion", run.ModelVersion);
            WriteOptional(json, "expected", expected);
            WriteMemory(json, memory, kind);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteMemory(Utf8JsonWriter json, string? memory, MemoryKind kind)
    {
        if (memory is null)
        {
            json.WriteNull("memory");
            return;
        }

        json.WriteStartObject("memory");
        json.WriteString("kind", Contract.Word.Of(kind));
        json.WriteString("text", memory);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
