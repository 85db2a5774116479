using System.Globalization;

namespace MemoryCluster.Benchmarks.Consolidation;

/// <summary>Texts about topics, as many topics more as there are texts: so that a memory has as many neighbours in a large shard as in a small one.</summary>
internal sealed class TopicTexts(int seed)
{
    private const int WordsOfTopic = 40;
    private const int WordsFromTopic = 12;
    private const int CommonWords = 2_000;

    private readonly Random _random = new(seed);

    public const int TextsPerTopic = 50;

    /// <summary>A text about a topic; the same topic has the same words in every collection.</summary>
    public string About(int topic)
    {
        var words = Enumerable.Range(0, WordsFromTopic).Select(_ => Word("t", (topic * WordsOfTopic) + _random.Next(WordsOfTopic)))
            .Concat(Enumerable.Range(0, 3).Select(_ => Word("c", (int)(CommonWords * Math.Pow(_random.NextDouble(), 3)))));
        return string.Join(' ', words);
    }

    public int Next(int below) => _random.Next(below);

    // Letters only: what has digits in it is a number.
    private static string Word(string kind, int number) => string.Create(
        CultureInfo.InvariantCulture, $"{kind}{new string([.. number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0'))])}en");
}
