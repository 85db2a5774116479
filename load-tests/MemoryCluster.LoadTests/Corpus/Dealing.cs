namespace MemoryCluster.LoadTests.Corpus;

/// <summary>Which team holds which text.</summary>
internal static class Dealing
{
    /// <summary>
    /// Deals texts to teams in turn until that many are dealt. Where the data sets hold fewer, a text comes again, but to another team:
    /// what several teams know, and never the same text twice in one.
    /// </summary>
    public static IEnumerable<(int Team, string Text)> Deal(IReadOnlyList<string> texts, int count, int teams)
    {
        if (texts.Count == 0 || count > (long)texts.Count * teams)
            throw new ArgumentException($"{texts.Count} texts dealt to {teams} teams make at most {(long)texts.Count * teams} memories; {count} were asked for.");
        for (var i = 0; i < count; i++)
        {
            var (round, index) = Math.DivRem(i, texts.Count);
            yield return ((index + round) % teams, texts[index]);
        }
    }
}
