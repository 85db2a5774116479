namespace MemoryCluster.Consolidation;

/// <summary>Takes a text apart into sentences.</summary>
internal static class Sentences
{
    private static readonly string[] Abbreviations = ["e.g.", "i.e.", "etc.", "vs.", "cf.", "no.", "Mr.", "Mrs.", "Ms.", "Dr.", "St.", "approx."];

    public static ImmutableArray<Sentence> Of(string text)
    {
        var sentences = ImmutableArray.CreateBuilder<Sentence>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsEnd(text, i))
            {
                Add(text.AsSpan(start, i + 1 - start), sentences);
                start = i + 1;
            }
        }

        Add(text.AsSpan(start), sentences);
        return sentences.ToImmutable();
    }

    private static void Add(ReadOnlySpan<char> text, ImmutableArray<Sentence>.Builder sentences)
    {
        text = text.Trim();
        if (text.ContainsAnyExcept(" .,;:!?-–—*#".AsSpan()))
        {
            sentences.Add(new Sentence(text.ToString()));
        }
    }

    private static bool IsEnd(string text, int i) => text[i] switch
    {
        '\n' or '。' or '！' or '？' => true,
        '.' or '!' or '?' or ';' => (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])) && !IsAbbreviation(text, i),
        _ => false,
    };

    // An abbreviation, an initial, or the number of an item.
    private static bool IsAbbreviation(string text, int i)
    {
        var start = i;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] is not ('(' or '['))
        {
            start--;
        }

        var word = text.AsSpan(start, i + 1 - start);
        if (text[i] != '.')
        {
            return false;
        }

        foreach (var abbreviation in Abbreviations)
        {
            if (word.Equals(abbreviation, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return word.Length == 2 && (char.IsUpper(word[0]) || char.IsDigit(word[0]));
    }
}
