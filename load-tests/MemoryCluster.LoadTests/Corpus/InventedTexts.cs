namespace MemoryCluster.LoadTests.Corpus;

/// <summary>
/// Texts and questions for a load without data sets: sentences of made-up words, drawn as words of a language are (Zipf), a name or number
/// now and then, no two alike; a question is of a text's words. What they find says nothing of quality.
/// </summary>
internal static class InventedTexts
{
    private const int Vocabulary = 8_000;
    private const int WordsInTextMin = 14;
    private const int WordsInTextMax = 34;
    private const int WordsInQuestion = 7;
    private const int QuestionsMax = 2_000;

    private static readonly string[] Syllables =
        ["ba", "ko", "ri", "tel", "mun", "sa", "vo", "lin", "dra", "pek", "zu", "nor", "hi", "wex", "gal", "tor", "mi", "sen", "plu", "ast"];

    public static (IReadOnlyList<string> Texts, IReadOnlyList<string> Questions) Make(int count, int seed)
    {
        var random = new Random(seed);
        string[] words = [.. Enumerable.Range(0, Vocabulary).Select(_ => Word(random))];
        string[] texts = [.. Enumerable.Range(0, count).Select(number => Text(words, number, random))];
        string[] questions = [.. Enumerable.Range(0, Math.Min(count, QuestionsMax)).Select(_ => Question(texts[random.Next(count)], random))];
        return (texts, questions);
    }

    private static string Text(string[] words, int number, Random random)
    {
        var length = random.Next(WordsInTextMin, WordsInTextMax + 1);
        var drawn = Enumerable.Range(0, length).Select(_ => words[Rank(random)]).ToArray();
        drawn[0] = char.ToUpperInvariant(drawn[0][0]) + drawn[0][1..];
        drawn[random.Next(1, length)] = $"{number}";
        return string.Join(' ', drawn) + '.';
    }

    private static string Question(string text, Random random)
    {
        var words = text.TrimEnd('.').Split(' ');
        var from = random.Next(words.Length - WordsInQuestion);
        return string.Join(' ', words.Skip(from).Take(WordsInQuestion)) + '?';
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]));

    // Zipf's law with exponent 1 in its continuous form: the logarithm of the rank is even.
    private static int Rank(Random random) => (int)Math.Pow(Vocabulary, random.NextDouble()) - 1;
}
