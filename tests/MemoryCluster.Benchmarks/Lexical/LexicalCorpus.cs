using System.Text;
using System.Text.RegularExpressions;
using MemoryCluster.Index.Lexical;
using MemoryCluster.LoadTests.Corpus;

namespace MemoryCluster.Benchmarks.Lexical;

/// <summary>
/// 100,000 different texts and 250 questions of the data sets: all texts as they are, then runs of one to three neighbouring sentences
/// of them, drawn with a seed.
/// </summary>
internal sealed partial class LexicalCorpus
{
    private const int TextCount = 100_000;
    private const int QueryCount = 250;
    private const int SentencesMax = 3;
    private const int LengthMin = 20;
    private const int Seed = 42;

    private LexicalCorpus(IReadOnlyList<string> texts, IReadOnlyList<string> queries) => (Texts, Queries) = (texts, queries);

    public IReadOnlyList<string> Texts { get; }

    public IReadOnlyList<string> Queries { get; }

    public static LexicalCorpus Read(string folder)
    {
        var files = TextFiles.Read(folder);
        var random = new Random(Seed);
        var seen = new HashSet<string>(files.Texts, StringComparer.Ordinal);
        var texts = new List<string>(files.Texts);
        var sentences = files.Texts.Select(text => Sentences().Split(text)).ToList();
        for (var tries = 0; texts.Count < TextCount; tries++)
        {
            if (tries > 100 * TextCount)
                throw new InvalidDataException($"{folder} gives {texts.Count} different texts; {TextCount} are needed.");
            var run = Run(sentences[random.Next(sentences.Count)], random);
            if (run.Length >= LengthMin && seen.Add(run))
                texts.Add(run);
        }

        var shuffled = texts.Take(TextCount).ToArray();
        random.Shuffle(shuffled);
        var queries = files.Questions.Where(q => Terms(q).Count > 0).ToArray();
        random.Shuffle(queries);
        return new LexicalCorpus(shuffled, queries[..QueryCount]);
    }

    private static string Run(string[] sentences, Random random)
    {
        var first = random.Next(sentences.Length);
        return string.Join(' ', sentences.Skip(first).Take(1 + random.Next(SentencesMax)));
    }

    /// <summary>
    /// Writes texts as our analysis reads them, stop words left out, a plain word per term: so the peers index the very terms that we do,
    /// and have them for nothing.
    /// </summary>
    public static void Write(IEnumerable<string> texts, string path, Dictionary<string, int> numbers)
    {
        using var file = new StreamWriter(path);
        file.NewLine = "\n";
        foreach (var text in texts)
        {
            var line = new StringBuilder();
            foreach (var term in Terms(text))
            {
                numbers.TryAdd(term, numbers.Count);
                line.Append(line.Length == 0 ? "" : " ").Append('t').Append(numbers[term]);
            }

            file.WriteLine(line);
        }
    }

    private static List<string> Terms(string text)
    {
        var terms = new List<string>();
        var tokens = new Tokenizer(text, new char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            if (!StopWords.Contains(tokens.Current))
                terms.Add(tokens.ToTerm().ToString());
        }

        return terms;
    }

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex Sentences();
}
