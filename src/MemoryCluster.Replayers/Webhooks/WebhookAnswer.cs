using System.Text.Json;
using MemoryCluster.Contract;

namespace MemoryCluster.Replayers;

/// <summary>Reads an answer: {"reward": 0.5, "tokens": 812, "latencyMs": 1400, "version": "planner-7"}. Other members are passed over.</summary>
internal static class WebhookAnswer
{
    /// <exception cref="FormatException">A member is missing, or out of its range.</exception>
    public static ReplayAnswer Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("the answer is no JSON object");
        }

        return new ReplayAnswer(
            Number(root, "reward") is { } reward and >= 0 and <= 1 ? reward : throw new FormatException("\"reward\" is no number from 0 to 1"),
            Tokens(root),
            Latency(root),
            Version(root));
    }

    private static long Tokens(JsonElement root) =>
        root.TryGetProperty("tokens", out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var tokens) && tokens >= 0
            ? tokens
            : throw new FormatException("\"tokens\" is no whole number from 0 on");

    private static double? Latency(JsonElement root) =>
        !root.TryGetProperty("latencyMs", out var member) || member.ValueKind == JsonValueKind.Null ? null
            : Number(root, "latencyMs") is { } latency and >= 0 ? latency
            : throw new FormatException("\"latencyMs\" is no number from 0 on");

    private static string? Version(JsonElement root) =>
        !root.TryGetProperty("version", out var member) || member.ValueKind == JsonValueKind.Null ? null
            : member.ValueKind == JsonValueKind.String && member.GetString() is { Length: <= ReplayAnswer.VersionCharsMax } version
                && TextRule.Check(version) == TextFlaw.None ? version
            : throw new FormatException($"\"version\" is no text of at most {ReplayAnswer.VersionCharsMax} visible characters");

    private static double? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : null;
}
