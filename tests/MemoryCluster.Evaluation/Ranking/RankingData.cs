using System.Globalization;
using System.Text.Json;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Ranking;

/// <summary>The sets with questions and evidence, as memories: LoCoMo with its sessions and dates, HotpotQA and MuSiQue as passages.</summary>
internal sealed class RankingData(DataFolder folder)
{
    public const string Locomo = "LoCoMo";

    private const int AdversarialCategory = 5;

    public IReadOnlyList<RankingSet> Read() => [.. folder.Lines("locomo/conversations.jsonl").Select(Conversation), Hotpot(), Musique()];

    private static RankingSet Conversation(JsonElement line)
    {
        var conversation = line.GetProperty("conversation");
        var drafts = new List<MemoryDraft>();
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        var sessions = conversation.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.Array && member.Name.StartsWith("session_", StringComparison.Ordinal));
        foreach (var session in sessions.OrderBy(session => int.Parse(session.Name.AsSpan("session_".Length), CultureInfo.InvariantCulture)))
        {
            var at = DateTimeOffset.ParseExact(
                DataFolder.Text(conversation, $"{session.Name}_date_time"), "h:mm tt 'on' d MMMM, yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            foreach (var turn in session.Value.EnumerateArray())
            {
                var id = DataFolder.Text(turn, "dia_id");
                positions[id] = drafts.Count;
                drafts.Add(Draft($"{DataFolder.Text(turn, "speaker")}: {DataFolder.Text(turn, "text")}", MemoryKind.Episode) with
                {
                    OccurredAt = at, Source = new SourceRef { Session = session.Name, Turn = $"\"{id}\"" },
                });
            }
        }

        var questions = from question in line.GetProperty("qa").EnumerateArray()
                        let category = question.GetProperty("category").GetInt32()
                        where category != AdversarialCategory && question.TryGetProperty("evidence", out _)
                        let gold = question.GetProperty("evidence").EnumerateArray().Select(id => id.GetString()!).Where(positions.ContainsKey)
                        select new RankingQuestion(DataFolder.Text(question, "question"), $"{category}", [.. gold.Select(id => positions[id]).Distinct()]);
        return Set(Locomo, drafts, questions);
    }

    private RankingSet Hotpot() => Passages(
        "HotpotQA", folder.Lines("hotpotqa/questions.jsonl"), "contexts", "question_text");

    private RankingSet Musique() => Passages(
        "MuSiQue", folder.Json("multihop/musique_train.json").EnumerateArray(), "paragraphs", "question");

    private static RankingSet Passages(string name, IEnumerable<JsonElement> lines, string passages, string questionText)
    {
        var list = new PassageList();
        var questions = new List<RankingQuestion>();
        foreach (var line in lines)
        {
            var gold = new List<int>();
            foreach (var passage in line.GetProperty(passages).EnumerateArray())
            {
                var position = list.Add($"{DataFolder.Text(passage, "title")}: {DataFolder.Text(passage, "paragraph_text")}");
                if (passage.GetProperty("is_supporting").GetBoolean())
                {
                    gold.Add(position);
                }
            }

            questions.Add(new RankingQuestion(DataFolder.Text(line, questionText), "", [.. gold.Distinct()]));
        }

        return Set(name, list.All.Select(text => Draft(text, MemoryKind.Fact)), questions);
    }

    private static RankingSet Set(string name, IEnumerable<MemoryDraft> drafts, IEnumerable<RankingQuestion> questions) =>
        new(name, [.. drafts], [.. questions.Where(question => question.Gold.Count > 0)]);

    private static MemoryDraft Draft(string text, MemoryKind kind) => new() { Text = text, Kind = kind, Visibility = Visibility.Team, WrittenBy = default };
}
