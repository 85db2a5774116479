namespace MemoryCluster.Index.Tests.Lexical;

/// <summary>Texts whose words are as unevenly frequent as those of a language, with names that pair up.</summary>
internal sealed class ZipfTexts(Random random)
{
    private const int Words = 3_000;

    public string Next(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word()));

    public string NextQuery()
    {
        var query = Next(1 + random.Next(8));
        return random.Next(4) == 0 ? $"{query} \"{Next(2)}\"" : query;
    }

    // Rank by the inverse of Zipf's distribution function; the commonest ranks are stop words.
    private string Word()
    {
        var rank = (int)Math.Pow(Words, random.NextDouble());
        return rank switch { 1 => "the", 2 => "of", _ => $"w{rank}" };
    }
}
