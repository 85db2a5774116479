using System.Text;

namespace MemoryCluster.Index.Lexical;

/// <summary>
/// What two texts must agree in before they may be called the same, whatever an embedder thinks: "by 3 May" and "by 5 May",
/// "do" and "do not" lie close in every vector space.
/// </summary>
public static class TextFeatures
{
    /// <summary>
    /// A fingerprint of all numbers, dates and English negations of a text with their repetitions, whatever their order; 0 when there
    /// are none. Number words count as numbers, all negations as one, months and weekdays as dates, words with digits in them as
    /// numbers. Equal features give equal fingerprints; unequal ones give unequal ones but for the chance of a 64-bit hash.
    /// </summary>
    public static ulong NumbersAndNegations(ReadOnlySpan<char> text)
    {
        var sum = new Sum();
        Read(text, ref sum);
        return sum.Value;
    }

    /// <summary>Adds the numbers, dates and negations of a text, each as a hash: what <see cref="NumbersAndNegations"/> is the sum of.</summary>
    public static void AddTo(ICollection<ulong> features, ReadOnlySpan<char> text)
    {
        var collected = new Collected(features);
        Read(text, ref collected);
    }

    private static void Read<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, ISink
    {
        var read = 0;
        var tokens = new Tokenizer(text, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            if (tokens.Start < read)
            {
                continue;
            }

            if (tokens.Current.ContainsAnyInRange('0', '9'))
            {
                read = NumberEnd(text, tokens.Start);
                sink.Add(HashNumber(text, tokens.Start, read));
            }
            else if (FeatureWords.TryGetFeature(tokens.Current, out var feature))
            {
                sink.Add(StableHash.Of(feature));
            }
        }
    }

    // A number reads on over what stands inside it: 1,000.50  2026-03-05  05/03/2026  14:30  5pm.
    private static int NumberEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start + 1;
        while (end < text.Length && (IsWordChar(text[end]) || IsInnerSeparator(text, end)))
        {
            end++;
        }

        return end;
    }

    private static bool IsWordChar(char c) =>
        char.IsSurrogate(c) || (char.IsLetterOrDigit(c) && !UnsegmentedScripts.Contains(new Rune(c)));

    private static bool IsInnerSeparator(ReadOnlySpan<char> text, int i) =>
        i + 1 < text.Length && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1]) && text[i] switch
        {
            '.' or ':' or '/' or '-' => true,
            ',' => IsThousands(text[(i + 1)..]),
            _ => false,
        };

    private static bool IsThousands(ReadOnlySpan<char> digits) =>
        digits.Length >= 3 && char.IsDigit(digits[1]) && char.IsDigit(digits[2]) && (digits.Length == 3 || !char.IsDigit(digits[3]));

    // Thousands' commas and an ordinal's ending make no difference; a minus sign does, where it cannot be a dash.
    private static ulong HashNumber(ReadOnlySpan<char> text, int start, int end)
    {
        var hash = StableHash.Begin;
        if (start > 0 && text[start - 1] is '-' or '\u2212' && (start == 1 || !char.IsLetterOrDigit(text[start - 2])))
        {
            hash = StableHash.Add(hash, '-');
        }

        foreach (var c in WithoutOrdinalEnding(text[start..end]))
        {
            hash = c == ',' ? hash : AddFolded(hash, c);
        }

        return StableHash.Finish(hash);
    }

    private static ulong AddFolded(ulong hash, char c)
    {
        if (char.IsSurrogate(c))
        {
            return StableHash.Add(hash, c);
        }

        Span<char> folded = stackalloc char[2];
        foreach (var part in folded[..CharacterFolding.Fold(new Rune(c), folded)])
        {
            hash = StableHash.Add(hash, part);
        }

        return hash;
    }

    private static ReadOnlySpan<char> WithoutOrdinalEnding(ReadOnlySpan<char> number) =>
        number.Length > 2 && char.IsDigit(number[^3]) && IsOrdinalEnding(number[^2..]) ? number[..^2] : number;

    private static bool IsOrdinalEnding(ReadOnlySpan<char> ending) =>
        ending.Equals("st", StringComparison.OrdinalIgnoreCase) || ending.Equals("nd", StringComparison.OrdinalIgnoreCase)
        || ending.Equals("rd", StringComparison.OrdinalIgnoreCase) || ending.Equals("th", StringComparison.OrdinalIgnoreCase);

    private interface ISink
    {
        void Add(ulong feature);
    }

    private struct Sum : ISink
    {
        public ulong Value { get; private set; }

        public void Add(ulong feature) => Value += feature;
    }

    private readonly struct Collected(ICollection<ulong> features) : ISink
    {
        public void Add(ulong feature) => features.Add(feature);
    }
}
