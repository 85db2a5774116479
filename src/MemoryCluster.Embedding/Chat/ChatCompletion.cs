using System.Text.Json;
using Microsoft.Extensions.AI;

namespace MemoryCluster.Embedders;

/// <summary>Reads an answer: {"choices": [{"message": {"content": "…"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 9, …}}.</summary>
internal static class ChatCompletion
{
    /// <summary>The first choice.</summary>
    /// <exception cref="FormatException">The answer has not this shape, or no text.</exception>
    public static ChatResponse Read(JsonElement root)
    {
        if (Member(root, "choices", JsonValueKind.Array) is not { } choices || choices.GetArrayLength() == 0)
        {
            throw new FormatException("the answer has no array \"choices\" with something in it");
        }

        var choice = choices[0];
        if (Member(choice, "message", JsonValueKind.Object) is not { } message || Text(message, "content") is not { } content)
        {
            throw new FormatException("the first of \"choices\" has no \"message\" with a text as its \"content\"");
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, content))
        {
            ResponseId = Text(root, "id"),
            ModelId = Text(root, "model"),
            FinishReason = Text(choice, "finish_reason") is { Length: > 0 } reason ? new ChatFinishReason(reason) : null,
            Usage = Member(root, "usage", JsonValueKind.Object) is { } usage ? UsageOf(usage) : null,
        };
    }

    private static UsageDetails UsageOf(JsonElement usage)
    {
        var (input, output) = (Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"));
        return new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = Count(usage, "total_tokens") ?? input + output };
    }

    // A count below nothing is none.
    private static long? Count(JsonElement usage, string name) =>
        Member(usage, name, JsonValueKind.Number) is { } number && number.TryGetInt64(out var count) && count >= 0 ? count : null;

    private static string? Text(JsonElement parent, string name) => Member(parent, name, JsonValueKind.String)?.GetString();

    private static JsonElement? Member(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;
}
