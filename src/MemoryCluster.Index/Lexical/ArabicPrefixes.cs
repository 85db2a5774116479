namespace MemoryCluster.Index.Lexical;

/// <summary>
/// The Arabic article with what is written together with it: the prefixes of the light stemmer of L. Larkey, L. Ballesteros and M. Connell,
/// "Improving stemming for Arabic information retrieval: light stemming and co-occurrence analysis", SIGIR 2002, section 3.2.
/// </summary>
internal static class ArabicPrefixes
{
    // Fewer letters are rather the word itself.
    private const int StemCharsMin = 3;

    private static readonly string[] Prefixes = ["وال", "بال", "كال", "فال", "ال", "لل"];

    /// <summary>Characters of the word that are such a prefix; 0 for every other script.</summary>
    public static int LengthOf(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word[0] is < '\u0620' or > '\u064A')
        {
            return 0;
        }

        foreach (var prefix in Prefixes)
        {
            if (word.Length >= prefix.Length + StemCharsMin && word.StartsWith(prefix))
            {
                return prefix.Length;
            }
        }

        return 0;
    }
}
