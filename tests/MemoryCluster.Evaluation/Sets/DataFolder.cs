using System.Text.Json;

namespace MemoryCluster.Evaluation.Sets;

/// <summary>The folder of public data, as its own README describes it.</summary>
internal sealed class DataFolder(string path)
{
    private const int AdversarialCategory = 5;

    public string PathOf(string file) => Path.Combine(path, file);

    public IEnumerable<JsonElement> Lines(string file) =>
        File.ReadLines(PathOf(file)).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => JsonElement.Parse(line));

    public JsonElement Json(string file) => JsonElement.Parse(File.ReadAllText(PathOf(file)));

    /// <summary>LoCoMo: a set a conversation, a passage a turn. Category 5 has no answer in the chat.</summary>
    public IReadOnlyList<RetrievalSet> Locomo() => [.. Lines("locomo/conversations.jsonl").Select(Conversation)];

    private static RetrievalSet Conversation(JsonElement line)
    {
        var turns = from session in line.GetProperty("conversation").EnumerateObject()
                    where session.Value.ValueKind == JsonValueKind.Array && session.Name.StartsWith("session_", StringComparison.Ordinal)
                    from turn in session.Value.EnumerateArray()
                    select turn;
        var texts = new List<string>();
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var turn in turns)
        {
            positions[Text(turn, "dia_id")] = texts.Count;
            texts.Add($"{Text(turn, "speaker")}: {Text(turn, "text")}");
        }

        var questions = from question in line.GetProperty("qa").EnumerateArray()
                        where question.GetProperty("category").GetInt32() != AdversarialCategory
                        let evidence = question.TryGetProperty("evidence", out var ids) ? ids.EnumerateArray().Select(id => id.GetString()!) : []
                        select new Question(Text(question, "question"), [.. evidence.Where(positions.ContainsKey).Select(id => positions[id]).Distinct()]);
        return new RetrievalSet("LoCoMo", texts, Answerable(questions));
    }

    /// <summary>HotpotQA with distractors: the passages of all questions together.</summary>
    public RetrievalSet Hotpot()
    {
        var passages = new PassageList();
        var questions = new List<Question>();
        foreach (var line in Lines("hotpotqa/questions.jsonl"))
        {
            var gold = new List<int>();
            foreach (var context in line.GetProperty("contexts").EnumerateArray())
            {
                var position = passages.Add($"{Text(context, "title")}: {Text(context, "paragraph_text")}");
                if (context.GetProperty("is_supporting").GetBoolean())
                {
                    gold.Add(position);
                }
            }

            questions.Add(new Question(Text(line, "question_text"), [.. gold.Distinct()]));
        }

        return new RetrievalSet("HotpotQA", passages.All, Answerable(questions));
    }

    /// <summary>The sample of HotpotQA's training part.</summary>
    public RetrievalSet HotpotTraining()
    {
        var titles = new Dictionary<string, int>(StringComparer.Ordinal);
        var passages = new List<string>();
        foreach (var passage in Json("multihop/hotpotqa_train_corpus.json").EnumerateObject())
        {
            titles[passage.Name] = passages.Count;
            passages.Add($"{passage.Name}: {string.Concat(passage.Value.EnumerateArray().Select(sentence => sentence.GetString()))}");
        }

        var questions = from question in Json("multihop/hotpotqa_train.json").EnumerateArray()
                        let facts = question.GetProperty("supporting_facts").EnumerateArray().Select(fact => fact[0].GetString()!)
                        select new Question(Text(question, "question"), [.. facts.Distinct().Where(titles.ContainsKey).Select(title => titles[title])]);
        return new RetrievalSet("HotpotQA train", passages, Answerable(questions));
    }

    /// <summary>The sample of MuSiQue's training part.</summary>
    public RetrievalSet Musique()
    {
        var passages = new PassageList();
        foreach (var passage in Json("multihop/musique_train_corpus.json").EnumerateArray())
        {
            passages.Add($"{Text(passage, "title")}: {Text(passage, "text")}");
        }

        var questions = from question in Json("multihop/musique_train.json").EnumerateArray()
                        let supporting = question.GetProperty("paragraphs").EnumerateArray().Where(paragraph => paragraph.GetProperty("is_supporting").GetBoolean())
                        let texts = supporting.Select(paragraph => $"{Text(paragraph, "title")}: {Text(paragraph, "paragraph_text")}")
                        select new Question(Text(question, "question"), [.. texts.Select(passages.Find).OfType<int>().Distinct()]);
        return new RetrievalSet("MuSiQue", passages.All, Answerable(questions));
    }

    /// <summary>The similarity files, by name.</summary>
    public IReadOnlyList<SimilarityFile> Similarity() =>
    [
        .. Directory.GetFiles(PathOf("sts"), "*.tsv", SearchOption.AllDirectories)
            .Select(SimilarityFile.Read)
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    public static string Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static Question[] Answerable(IEnumerable<Question> questions) => [.. questions.Where(question => question.Gold.Count > 0)];
}
