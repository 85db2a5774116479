namespace MemoryCluster.Consolidation;

/// <summary>
/// A summary of several texts in their own sentences: the central ones, each said once, in the order in which they stood. Without a model it
/// can neither invent nor rephrase.
/// </summary>
internal static class ExtractiveSummary
{
    /// <param name="texts">The texts, in the order in which the summary keeps them.</param>
    /// <param name="charsMax">The summary's length at most.</param>
    /// <returns>The summary, and whether it holds every sentence or one that says the same.</returns>
    public static (string Text, bool IsWhole) Of(IReadOnlyList<ImmutableArray<Sentence>> texts, int charsMax)
    {
        var kept = Distinct(texts);
        var length = kept.Sum(sentence => sentence.Sentence.Text.Length + 1) - 1;
        if (length <= charsMax)
        {
            return (Join(kept), true);
        }

        // The central ones first: those most like all the others, by the words that they share (LexRank's degree, Erkan and Radev 2004).
        var chosen = new List<(int Text, Sentence Sentence)>();
        var left = charsMax;
        foreach (var sentence in kept.OrderByDescending(one => kept.Sum(other => one.Sentence.Likeness(other.Sentence))))
        {
            if (sentence.Sentence.Text.Length <= left)
            {
                chosen.Add(sentence);
                left -= sentence.Sentence.Text.Length + 1;
            }
        }

        return (Join(kept.Where(chosen.Contains)), false);
    }

    // The fuller ones first, so that whatever is left out stands in one that is kept.
    private static List<(int Text, Sentence Sentence)> Distinct(IReadOnlyList<ImmutableArray<Sentence>> texts)
    {
        var all = texts.SelectMany((text, number) => text.Select(sentence => (Text: number, Sentence: sentence))).ToList();
        var kept = new HashSet<Sentence>();
        foreach (var (_, sentence) in all.OrderByDescending(one => one.Sentence.Words))
        {
            if (!kept.Any(sentence.IsCoveredBy))
            {
                kept.Add(sentence);
            }
        }

        return [.. all.Where(one => kept.Contains(one.Sentence))];
    }

    // A line for each text.
    private static string Join(IEnumerable<(int Text, Sentence Sentence)> sentences) => string.Join(
        '\n', sentences.GroupBy(sentence => sentence.Text).Select(text => string.Join(' ', text.Select(sentence => sentence.Sentence.Text))));
}
