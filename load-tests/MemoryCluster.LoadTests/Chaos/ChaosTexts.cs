namespace MemoryCluster.LoadTests.Chaos;

/// <summary>Texts that no two memories share and that a search for one finds.</summary>
internal sealed class ChaosTexts(int writer, Random random)
{
    private const int WordsInText = 12;

    private static readonly string[] Syllables = ["ba", "ko", "ri", "tel", "mun", "sa", "vo", "lin", "dra", "pek", "zu", "nor", "hi", "wex", "gal", "tor"];

    private int _count;

    /// <summary>A token that begins a memory's text in all its versions, and nobody else's.</summary>
    public string NextToken() => $"w{writer}n{++_count}:";

    public string NextText(string token) => $"{token} {string.Join(' ', Enumerable.Range(0, WordsInText).Select(_ => NextWord()))}";

    private string NextWord() => string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]));
}
