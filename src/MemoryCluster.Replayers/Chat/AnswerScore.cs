using System.Text;

namespace MemoryCluster.Replayers;

/// <summary>
/// Scores an answer against the right one as HotpotQA's evaluation does (Yang et al., EMNLP 2018, arXiv 1809.09600, §5.2): exact match and the
/// F1 of shared words, after lower-casing and without punctuation and articles; of yes, no and noanswer only the same is right.
/// </summary>
internal static class AnswerScore
{
    private static readonly string[] Articles = ["a", "an", "the"];
    private static readonly string[] Closed = ["yes", "no", "noanswer"];

    public static bool IsExact(string answer, string expected) => Normal(answer) == Normal(expected);

    /// <summary>0 to 1; 1 where the answer is exact.</summary>
    public static double F1(string answer, string expected)
    {
        var (said, right) = (Normal(answer), Normal(expected));
        if (said == right)
        {
            return 1;
        }

        if (Closed.Contains(said) || Closed.Contains(right))
        {
            return 0;
        }

        var (words, wanted) = (Split(said), Split(right));
        var left = wanted.CountBy(word => word).ToDictionary();
        var shared = 0;
        foreach (var word in words)
        {
            if (left.TryGetValue(word, out var count) && count > 0)
            {
                left[word] = count - 1;
                shared++;
            }
        }

        return shared == 0 ? 0 : 2.0 * shared / (words.Length + wanted.Length);
    }

    private static string Normal(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            if (!(char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c))))
            {
                kept.Append(c);
            }
        }

        return string.Join(' ', Split(kept.ToString()).Where(word => !Articles.Contains(word)));
    }

    private static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
