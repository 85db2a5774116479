using System.Collections.Frozen;
using System.Globalization;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Summaries;

/// <summary>The folded words of texts, for a look whether some of them stand in another in the same order.</summary>
internal static class SummaryWords
{
    private static readonly FrozenSet<string> Openers =
        "afterwards also during finally here instead meanwhile next other others otherwise overall several since so some still there then throughout together"
            .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a sentence may begin with it although no source has it: it says when or how and names nothing.</summary>
    public static bool IsOpener(string word) => Openers.Contains(word);

    public static ImmutableArray<string> Of(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var tokens = new Tokenizer(text, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            words.Add(tokens.Current.ToString());
        }

        return words.ToImmutable();
    }

    /// <summary>The words in one line, a space before and behind each.</summary>
    public static string Line(IEnumerable<string> words) => $" {string.Join(' ', words)} ";

    /// <summary>Whether it is of a script without capitals, whose names no rule tells from other words.</summary>
    public static bool IsCaseless(string word) => word.EnumerateRunes().Any(rune => System.Text.Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter);
}
