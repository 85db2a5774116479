using System.Buffers;
using System.Globalization;
using System.Text;

namespace MemoryCluster.Contract;

/// <summary>
/// The rule that every text obeys that is kept and later shown to an agent: what a reader cannot see must not steer who reads it.
/// </summary>
/// <remarks>
/// Refused are control characters beside tab and line ends, unassigned code points and noncharacters, more than
/// <see cref="CombiningMarksMax"/> combining marks in a row, and the invisible: U+200B, U+200E, U+200F, U+202A to U+202E, U+2060 to U+206F,
/// U+FEFF and the tags U+E0000 to U+E007F. The joiners U+200C and U+200D stay where they join: after a letter, mark or symbol that is not
/// ASCII, as Persian, the Indic scripts and emoji need them.
/// </remarks>
public static class TextRule
{
    /// <summary>Combining marks in a row: 10.</summary>
    public const int CombiningMarksMax = 10;

    private static readonly SearchValues<char> Harmless = SearchValues.Create(
        [.. "\t\n\r", .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c), .. Enumerable.Range(0xA1, 0x300 - 0xA1).Select(c => (char)c)]);

    /// <summary>The first flaw of <paramref name="text"/>.</summary>
    public static TextFlaw Check(ReadOnlySpan<char> text)
    {
        var start = text.IndexOfAnyExcept(Harmless);
        return start < 0 ? TextFlaw.None : CheckRunes(text, Math.Max(0, start - 1), null);
    }

    /// <summary>The text without what the rule refuses: for imports of documents that nobody can ask to be corrected.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Check(text) == TextFlaw.None)
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        CheckRunes(text, 0, kept);
        return kept.ToString();
    }

    private static TextFlaw CheckRunes(ReadOnlySpan<char> text, int start, StringBuilder? kept)
    {
        var previous = default(Rune);
        var marks = 0;
        for (var i = start; i < text.Length;)
        {
            var decoded = Rune.DecodeFromUtf16(text[i..], out var rune, out var length) == OperationStatus.Done;
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            var flaw = !decoded ? TextFlaw.Surrogate : marks > CombiningMarksMax ? TextFlaw.Combining : FlawOf(rune, category, previous);
            if (flaw == TextFlaw.None)
            {
                kept?.Append(text.Slice(i, length));
                previous = rune;
            }
            else if (kept is null)
            {
                return flaw;
            }

            i += length;
        }

        return TextFlaw.None;
    }

    private static TextFlaw FlawOf(Rune rune, UnicodeCategory category, Rune previous) => category switch
    {
        UnicodeCategory.Control => rune.Value is '\t' or '\n' or '\r' or 0x85 ? TextFlaw.None : TextFlaw.Control,
        UnicodeCategory.OtherNotAssigned => IsTag(rune.Value) ? TextFlaw.Invisible : TextFlaw.Unassigned,
        UnicodeCategory.Format => IsInvisible(rune.Value, previous) ? TextFlaw.Invisible : TextFlaw.None,
        _ => TextFlaw.None,
    };

    private static bool IsInvisible(int value, Rune previous) => value switch
    {
        0x200C or 0x200D => previous.IsAscii || Rune.IsWhiteSpace(previous),
        0x200B or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0xFEFF => true,
        _ => IsTag(value),
    };

    private static bool IsTag(int value) => value is >= 0xE0000 and <= 0xE007F;
}
