using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Training;

/// <summary>
/// Pairs from the public sets whose licences allow it. LoCoMo (non-commercial) and the similarity files give none, and whatever the
/// measured HotpotQA questions ask or hold is left out: some of it occurs in other sets too.
/// </summary>
internal sealed partial class TrainingPairs
{
    private const int SentencesMax = 6;
    private const int SentenceCharsMin = 20;
    private const int MessageCharsMin = 40;
    private const int TextCharsMax = 1_500;

    private readonly DataFolder _data;
    private readonly HashSet<string> _measuredQuestions;
    private readonly HashSet<string> _measuredTitles;
    private readonly HashSet<(string, string)> _seen = [];
    private readonly List<TextPair> _pairs = [];

    private TrainingPairs(DataFolder data)
    {
        _data = data;
        var measured = data.Hotpot();
        _measuredQuestions = [.. measured.Questions.Select(question => Folded(question.Text))];
        _measuredTitles = [.. measured.Passages.Select(TitleOf)];
    }

    public static IReadOnlyList<TextPair> Read(DataFolder data)
    {
        var pairs = new TrainingPairs(data);
        pairs.AddPassages("hotpot", data.HotpotTraining());
        pairs.AddPassages("musique", data.Musique());
        pairs.AddStrategies();
        pairs.AddRuns("wiki-runs", "fever_react/trajectories.jsonl", "claim");
        pairs.AddRuns("wiki-runs", "reflexion_hotpotqa/base_100_questions_5_trials.jsonl", "question");
        pairs.AddProcedures();
        pairs.AddDialogues("tau-bench", "taubench_airline/runs.jsonl", "traj");
        pairs.AddDialogues("who-and-when", "who_and_when/logs.jsonl", "history");
        return pairs._pairs;
    }

    // Titles with their passages, questions with their evidence, and each sentence with the rest of its passage (the inverse cloze task:
    // K. Lee, M. Chang, K. Toutanova, ACL 2019, section 4).
    private void AddPassages(string source, RetrievalSet set)
    {
        foreach (var passage in set.Passages.Where(passage => !_measuredTitles.Contains(TitleOf(passage))))
        {
            var title = TitleOf(passage);
            var body = passage[Math.Min(passage.Length, title.Length + 2)..];
            Add(source, title, body);
            AddSentences(source, body, $"{title}: ");
        }

        foreach (var question in set.Questions.Where(question => !_measuredQuestions.Contains(Folded(question.Text))))
        {
            foreach (var gold in question.Gold.Select(position => set.Passages[position]).Where(gold => !_measuredTitles.Contains(TitleOf(gold))))
            {
                Add(source, question.Text, gold);
            }
        }
    }

    private void AddSentences(string source, string body, string title)
    {
        string[] sentences = [.. SentenceEnd().Split(body).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > SentenceCharsMin)];
        for (var i = 0; i < sentences.Length && i < SentencesMax && sentences.Length > 1; i++)
        {
            Add(source, sentences[i], title + string.Join(' ', sentences.Where((_, other) => other != i)));
        }
    }

    private void AddStrategies()
    {
        foreach (var question in _data.Json("strategyqa/strategyqa_train_filtered.json").EnumerateArray())
        {
            var (term, description) = (DataFolder.Text(question, "term"), DataFolder.Text(question, "description"));
            Add("strategyqa", DataFolder.Text(question, "question"), $"{term}: {description}");
            Add("strategyqa", term, description);
        }
    }

    private void AddRuns(string source, string file, string asked)
    {
        foreach (var run in _data.Lines(file).Where(run => !_measuredQuestions.Contains(Folded(DataFolder.Text(run, asked)))))
        {
            foreach (var step in run.GetProperty("steps").EnumerateArray().Where(FoundSomething))
            {
                var observation = DataFolder.Text(step, "observation");
                Add(source, DataFolder.Text(run, asked), observation);
                Add(source, DataFolder.Text(step, "thought"), observation);
                AddSentences(source, observation, "");
            }
        }
    }

    private static bool FoundSomething(JsonElement step) =>
        DataFolder.Text(step, "action").StartsWith("Search", StringComparison.Ordinal)
        && !DataFolder.Text(step, "observation").StartsWith("Could not", StringComparison.Ordinal)
        && DataFolder.Text(step, "observation").Length > MessageCharsMin;

    private void AddProcedures()
    {
        foreach (var file in Directory.GetFiles(_data.PathOf("reme_library")).Order(StringComparer.Ordinal))
        {
            foreach (var memory in _data.Lines($"reme_library/{Path.GetFileName(file)}"))
            {
                Add("reme", DataFolder.Text(memory, "when_to_use"), DataFolder.Text(memory, "content"));
            }
        }
    }

    /// <summary>Each message with its answer.</summary>
    private void AddDialogues(string source, string file, string messages)
    {
        foreach (var run in _data.Lines(file))
        {
            var before = "";
            foreach (var message in run.GetProperty(messages).EnumerateArray().Where(message => DataFolder.Text(message, "role") is not ("system" or "tool")))
            {
                var text = DataFolder.Text(message, "content");
                if (Math.Min(before.Length, text.Length) > MessageCharsMin)
                {
                    Add(source, before, text);
                }

                before = text;
            }
        }
    }

    private void Add(string source, string query, string found)
    {
        var (shortQuery, shortFound) = (query[..Math.Min(query.Length, TextCharsMax)], found[..Math.Min(found.Length, TextCharsMax)]);
        if (shortQuery.Length > 0 && shortFound.Length > 0 && _seen.Add((shortQuery, shortFound)))
        {
            _pairs.Add(new TextPair(source, shortQuery, shortFound));
        }
    }

    private static string TitleOf(string passage) => passage.Split(": ", 2)[0];

    private static string Folded(string question) => question.Trim().ToUpperInvariant();

    [GeneratedRegex("""(?<=[.!?])\s+(?=[A-Z"'(])""")]
    private static partial Regex SentenceEnd();
}
