using System.Globalization;
using System.Text.Json;

namespace MemoryCluster.Host.Commands.Datasets;

/// <summary>One conversation of LoCoMo (Maharana et al., "Evaluating Very Long-Term Conversational Memory of LLM Agents", 2024).</summary>
internal sealed record LocomoConversation(string? Id, IReadOnlyList<LocomoTurn> Turns, IReadOnlyList<LocomoQuestion> Questions)
{
    private const string SessionPrefix = "session_";

    /// <summary>Whether a line of JSON looks like one.</summary>
    public static bool Is(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty("conversation", out var conversation) && conversation.ValueKind == JsonValueKind.Object;

    /// <exception cref="InvalidDataException">A member is missing or of another type.</exception>
    public static LocomoConversation Parse(JsonElement line)
    {
        try
        {
            var id = line.TryGetProperty("sample_id", out var sample) ? sample.GetString() : null;
            var questions = line.TryGetProperty("qa", out var qa) ? qa.EnumerateArray().Select(Question).ToArray() : [];
            return new LocomoConversation(id, [.. TurnsOf(line.GetProperty("conversation"))], questions);
        }
        catch (Exception cause) when (cause is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"No LoCoMo conversation: {cause.Message}", cause);
        }
    }

    private static IEnumerable<LocomoTurn> TurnsOf(JsonElement conversation) =>
        from session in conversation.EnumerateObject()
        where session.Value.ValueKind == JsonValueKind.Array && session.Name.StartsWith(SessionPrefix, StringComparison.Ordinal)
        orderby int.Parse(session.Name.AsSpan(SessionPrefix.Length), CultureInfo.InvariantCulture)
        let at = Time(conversation.GetProperty($"{session.Name}_date_time").GetString()!)
        from turn in session.Value.EnumerateArray()
        select new LocomoTurn(session.Name, turn.GetProperty("dia_id").GetString()!, turn.GetProperty("speaker").GetString()!, turn.GetProperty("text").GetString()!, at);

    private static LocomoQuestion Question(JsonElement question) => new(
        question.GetProperty("question").GetString()!,
        question.GetProperty("category").GetInt32(),
        question.TryGetProperty("evidence", out var evidence) ? [.. evidence.EnumerateArray().Select(id => id.GetString()!)] : []);

    // The data names no zone; UTC keeps the order and the dates.
    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, "h:mm tt 'on' d MMMM, yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
