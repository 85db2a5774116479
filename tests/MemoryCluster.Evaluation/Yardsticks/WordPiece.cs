using System.Globalization;
using System.Text;

namespace MemoryCluster.Evaluation.Yardsticks;

/// <summary>
/// The tokenizer that potion's vectors were made for: lower case, accents off, punctuation and ideographs by themselves, then the longest
/// known beginning first (Y. Wu et al., 2016, section 4.1).
/// </summary>
internal sealed class WordPiece(IReadOnlyList<string> vocabulary)
{
    private const int WordCharsMax = 100;
    private const string Continuation = "##";

    private readonly Dictionary<string, int> _ids = vocabulary.Index().ToDictionary(token => token.Item, token => token.Index, StringComparer.Ordinal);

    public List<int> Encode(string text)
    {
        var ids = new List<int>();
        var word = new StringBuilder();
        foreach (var rune in WellFormed(text).ToLowerInvariant().Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
            {
                continue;
            }

            var stands = StandsAlone(rune);
            if (stands || Rune.IsWhiteSpace(rune) || category == UnicodeCategory.Control)
            {
                Flush(word, ids);
            }

            if (stands)
            {
                AddWord(rune.ToString(), ids);
            }
            else if (!Rune.IsWhiteSpace(rune) && category != UnicodeCategory.Control)
            {
                word.Append(rune.ToString());
            }
        }

        Flush(word, ids);
        return ids;
    }

    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));

    private static bool StandsAlone(Rune rune) =>
        Rune.IsPunctuation(rune)
        || (rune.IsAscii && !Rune.IsLetterOrDigit(rune) && rune.Value > ' ')
        || rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF);

    private void Flush(StringBuilder word, List<int> ids)
    {
        AddWord(word.ToString(), ids);
        word.Clear();
    }

    private void AddWord(string word, List<int> ids)
    {
        var before = ids.Count;
        for (var start = 0; start < word.Length && word.Length <= WordCharsMax;)
        {
            var end = word.Length;
            int id;
            while (!_ids.TryGetValue((start > 0 ? Continuation : "") + word[start..end], out id))
            {
                if (--end == start)
                {
                    ids.RemoveRange(before, ids.Count - before);
                    return;
                }
            }

            ids.Add(id);
            start = end;
        }
    }
}
