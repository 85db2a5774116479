using System.Text.Json;
using MemoryCluster.Contract;

namespace MemoryCluster.LoadTests.Corpus;

/// <summary>
/// The turns, passages and questions in a folder of data sets, whatever their shape: JSON and JSON Lines by the names of their members,
/// sentence pairs in tab-separated files by their columns. In the order of the file names, each text once.
/// </summary>
internal sealed class TextFiles
{
    // Shorter ones are labels and nods, not memories.
    private const int LengthMin = 20;

    // Most turns are under 300 characters; system prompts of 20 KB would make a few requests carry half of the bytes.
    private const int LengthMax = 2_000;

    private static readonly HashSet<string> TextMembers =
        ["text", "paragraph_text", "thought", "observation", "content", "description", "when_to_use", "context"];

    private static readonly HashSet<string> QuestionMembers = ["question", "question_text", "claim"];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly List<string> _questions = [];

    private TextFiles()
    {
    }

    public IReadOnlyList<string> Texts => _texts;

    public IReadOnlyList<string> Questions => _questions;

    public static TextFiles Read(string folder)
    {
        var files = new TextFiles();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            files.ReadFile(path);
        return files;
    }

    private void ReadFile(string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".json":
                ReadJson(File.ReadAllText(path));
                break;
            case ".jsonl":
                foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
                    ReadJson(line);
                break;
            case ".tsv":
                foreach (var sentence in File.ReadLines(path).SelectMany(line => line.Split('\t').Skip(1)))
                    Keep(sentence, _texts);
                break;
            default:
                // Models, vectors, notices: no texts in them.
                break;
        }
    }

    private void ReadJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        Walk(document.RootElement, name: "");
    }

    private void Walk(JsonElement element, string name)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Walk(member.Value, member.Name);
                break;
            case JsonValueKind.Array when IsSentences(element):
                Keep(string.Join(' ', element.EnumerateArray()), _texts);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Walk(item, name);
                break;
            case JsonValueKind.String when TextMembers.Contains(name):
                Keep(element.GetString()!, _texts);
                break;
            case JsonValueKind.String when QuestionMembers.Contains(name):
                Keep(element.GetString()!, _questions);
                break;
            default:
                break;
        }
    }

    /// <summary>Corpora give a passage as the list of its sentences.</summary>
    private static bool IsSentences(JsonElement array) =>
        array.GetArrayLength() > 0 && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

    private void Keep(string text, List<string> kept)
    {
        text = TextRule.Clean(text).Trim();
        if (text.Length > LengthMax)
            text = text[..(char.IsHighSurrogate(text[LengthMax - 1]) ? LengthMax - 1 : LengthMax)];
        if (text.Length >= LengthMin && _seen.Add(text))
            kept.Add(text);
    }
}
