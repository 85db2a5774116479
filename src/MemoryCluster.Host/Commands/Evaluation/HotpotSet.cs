using System.Text.Json;
using MemoryCluster.Contract;
using MemoryCluster.Host.Commands.Datasets;

namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>HotpotQA with distractors: the passages of all questions in one team, each once.</summary>
internal static class HotpotSet
{
    private const string Reader = "reader";

    public static EvaluationSet Read(string path)
    {
        var passages = new Dictionary<string, EvaluationPassage>(StringComparer.Ordinal);
        var questions = JsonLinesFile.Read(path).Select(line => Question(line.Line, line.Json, passages)).Where(question => question.Gold.Count > 0);
        // Questions first: reading them is what collects the passages.
        EvaluationQuestion[] read = [.. questions];
        return new EvaluationSet("hotpotqa", [new EvaluationTeam("all", [.. passages.Values], read)]);
    }

    private static EvaluationQuestion Question(int line, JsonElement? json, Dictionary<string, EvaluationPassage> passages)
    {
        try
        {
            var question = json ?? throw new InvalidDataException($"Line {line} is no JSON.");
            var gold = new List<string>();
            foreach (var context in question.GetProperty("contexts").EnumerateArray())
            {
                var text = TextRule.Clean($"{context.GetProperty("title").GetString()}: {context.GetProperty("paragraph_text").GetString()}");
                passages.TryAdd(text, new EvaluationPassage(text, new RememberRequest { Agent = Reader, Text = text, Kind = MemoryKind.Fact }));
                if (context.GetProperty("is_supporting").GetBoolean())
                    gold.Add(text);
            }

            return new EvaluationQuestion(question.GetProperty("question_text").GetString()!, "all", [.. gold.Distinct()]);
        }
        catch (Exception cause) when (cause is KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"Line {line} is no HotpotQA question: {cause.Message}", cause);
        }
    }
}
