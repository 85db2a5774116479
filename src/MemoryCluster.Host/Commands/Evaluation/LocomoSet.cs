using MemoryCluster.Host.Commands.Datasets;

namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>LoCoMo: each conversation a team, each turn a memory.</summary>
internal static class LocomoSet
{
    // Adversarial: the chat holds no answer.
    private const int UnanswerableCategory = 5;

    public static EvaluationSet Read(string path) => new("locomo", [.. JsonLinesFile.Read(path).Select(line => Team(line.Line, line.Json))]);

    private static EvaluationTeam Team(int line, System.Text.Json.JsonElement? json)
    {
        var conversation = LocomoConversation.Parse(json ?? throw new InvalidDataException($"Line {line} is no JSON."));
        var known = conversation.Turns.Select(turn => turn.Id).ToHashSet(StringComparer.Ordinal);
        return new EvaluationTeam(
            $"{line}",
            [.. conversation.Turns.Select(turn => new EvaluationPassage(turn.Id, turn.ToMemory("", SafeId.Of(turn.Speaker))))],
            [.. conversation.Questions.Where(question => question.Category != UnanswerableCategory)
                .Select(question => new EvaluationQuestion(question.Text, Category(question.Category), [.. question.Evidence.Where(known.Contains).Distinct()]))
                .Where(question => question.Gold.Count > 0)]);
    }

    private static string Category(int number) => number switch
    {
        1 => "1 multi-hop",
        2 => "2 temporal",
        3 => "3 open-domain",
        4 => "4 single-hop",
        _ => $"{number}",
    };
}
