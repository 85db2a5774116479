using System.Text.Json;
using MemoryCluster.Contract;
using MemoryCluster.Host.Commands.Datasets;

namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>Questions with their passages, evidence among distractors: the passages of all questions in one team, each once.</summary>
internal static class PassageSet
{
    private const string Reader = "reader";

    /// <summary>HotpotQA in its distractor setting, as JSON Lines.</summary>
    public static EvaluationSet Hotpot(string path) => Read("hotpotqa", JsonLinesFile.Read(path), "contexts", "question_text");

    /// <summary>MuSiQue, as one JSON array or as JSON Lines.</summary>
    public static EvaluationSet Musique(string path) => Read("musique", JsonLinesFile.ReadArrayOrLines(path), "paragraphs", "question");

    private static EvaluationSet Read(string name, IEnumerable<(int Number, JsonElement? Json)> items, string contexts, string text)
    {
        var passages = new Dictionary<string, EvaluationPassage>(StringComparer.Ordinal);
        // Questions first: reading them is what collects the passages.
        EvaluationQuestion[] read = [.. items.Select(item => Question(item.Number, item.Json, contexts, text, passages)).Where(question => question.Gold.Count > 0)];
        return new EvaluationSet(name, [new EvaluationTeam("all", [.. passages.Values], read)]);
    }

    private static EvaluationQuestion Question(
        int number, JsonElement? json, string contexts, string question, Dictionary<string, EvaluationPassage> passages)
    {
        try
        {
            var item = json ?? throw new InvalidDataException($"Question {number} is no JSON.");
            var gold = new List<string>();
            foreach (var context in item.GetProperty(contexts).EnumerateArray())
            {
                var text = TextRule.Clean($"{context.GetProperty("title").GetString()}: {context.GetProperty("paragraph_text").GetString()}");
                passages.TryAdd(text, new EvaluationPassage(text, new RememberRequest { Agent = Reader, Text = text, Kind = MemoryKind.Fact }));
                if (context.GetProperty("is_supporting").GetBoolean())
                    gold.Add(text);
            }

            return new EvaluationQuestion(item.GetProperty(question).GetString()!, "all", [.. gold.Distinct()]);
        }
        catch (Exception cause) when (cause is KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"Question {number} is not of the set's form: {cause.Message}", cause);
        }
    }
}
