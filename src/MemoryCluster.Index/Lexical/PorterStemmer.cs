namespace MemoryCluster.Index.Lexical;

/// <summary>
/// English suffix stripping in place: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980. Step numbers are the
/// paper's. Words with anything but a-z in them stay as they are.
/// </summary>
public static class PorterStemmer
{
    private static readonly (string Suffix, string Replacement)[] Step2 =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ];

    private static readonly (string Suffix, string Replacement)[] Step3 =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    // Longest first where one ends another ("ement", "ment", "ent").
    private static readonly string[] Step4 =
    [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize",
    ];

    /// <summary>Stems the word in place and returns its new length, which is never more than the old.</summary>
    public static int Stem(Span<char> word)
    {
        if (word.Length <= 2 || !IsPlainEnglish(word))
        {
            return word.Length;
        }

        var length = Plural(word, word.Length);
        length = PastAndGerund(word, length);
        length = FinalY(word, length);
        length = ReplaceLongest(word, length, Step2);
        length = ReplaceLongest(word, length, Step3);
        length = Step4Suffix(word, length);
        return FinalEAndDoubleL(word, length);
    }

    private static bool IsPlainEnglish(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsAsciiLetterLower(c))
            {
                return false;
            }
        }

        return true;
    }

    // Step 1a.
    private static int Plural(Span<char> word, int length)
    {
        var stem = word[..length];
        if (stem.EndsWith("sses") || stem.EndsWith("ies"))
        {
            return length - 2;
        }

        return stem.EndsWith("s") && !stem.EndsWith("ss") ? length - 1 : length;
    }

    // Step 1b.
    private static int PastAndGerund(Span<char> word, int length)
    {
        var stem = word[..length];
        if (stem.EndsWith("eed"))
        {
            return Measure(stem[..^3]) > 0 ? length - 1 : length;
        }

        if (stem.EndsWith("ed") && HasVowel(stem[..^2]))
        {
            return MendStem(word, length - 2);
        }

        return stem.EndsWith("ing") && HasVowel(stem[..^3]) ? MendStem(word, length - 3) : length;
    }

    private static int MendStem(Span<char> word, int length)
    {
        var stem = word[..length];
        if (stem.EndsWith("at") || stem.EndsWith("bl") || stem.EndsWith("iz"))
        {
            word[length] = 'e';
            return length + 1;
        }

        if (EndsInDoubleConsonant(stem) && stem[^1] is not ('l' or 's' or 'z'))
        {
            return length - 1;
        }

        if (Measure(stem) == 1 && EndsInShortSyllable(stem))
        {
            word[length] = 'e';
            return length + 1;
        }

        return length;
    }

    // Step 1c.
    private static int FinalY(Span<char> word, int length)
    {
        if (word[length - 1] == 'y' && HasVowel(word[..(length - 1)]))
        {
            word[length - 1] = 'i';
        }

        return length;
    }

    // Steps 2 and 3: the longest suffix that ends the word decides, whether its condition holds or not.
    private static int ReplaceLongest(Span<char> word, int length, ReadOnlySpan<(string Suffix, string Replacement)> rules)
    {
        var longest = ("", "");
        foreach (var rule in rules)
        {
            if (rule.Suffix.Length > longest.Item1.Length && word[..length].EndsWith(rule.Suffix))
            {
                longest = rule;
            }
        }

        var (suffix, replacement) = longest;
        var stem = length - suffix.Length;
        if (suffix.Length == 0 || Measure(word[..stem]) == 0)
        {
            return length;
        }

        replacement.CopyTo(word[stem..]);
        return stem + replacement.Length;
    }

    private static int Step4Suffix(Span<char> word, int length)
    {
        foreach (var suffix in Step4)
        {
            if (!word[..length].EndsWith(suffix))
            {
                continue;
            }

            var stem = word[..(length - suffix.Length)];
            var allowed = suffix != "ion" || stem.EndsWith("s") || stem.EndsWith("t");
            return allowed && Measure(stem) > 1 ? stem.Length : length;
        }

        return length;
    }

    // Step 5.
    private static int FinalEAndDoubleL(Span<char> word, int length)
    {
        if (word[length - 1] == 'e')
        {
            var stem = word[..(length - 1)];
            var measure = Measure(stem);
            if (measure > 1 || (measure == 1 && !EndsInShortSyllable(stem)))
            {
                length--;
            }
        }

        return word[length - 1] == 'l' && EndsInDoubleConsonant(word[..length]) && Measure(word[..length]) > 1 ? length - 1 : length;
    }

    // The paper's m: how often a vowel run is followed by a consonant run.
    private static int Measure(ReadOnlySpan<char> stem)
    {
        var measure = 0;
        var afterVowel = false;
        for (var i = 0; i < stem.Length; i++)
        {
            var vowel = IsVowel(stem, i);
            measure += afterVowel && !vowel ? 1 : 0;
            afterVowel = vowel;
        }

        return measure;
    }

    private static bool HasVowel(ReadOnlySpan<char> stem)
    {
        for (var i = 0; i < stem.Length; i++)
        {
            if (IsVowel(stem, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsVowel(ReadOnlySpan<char> word, int i) => word[i] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => true,
        'y' => i > 0 && !IsVowel(word, i - 1),
        _ => false,
    };

    private static bool EndsInDoubleConsonant(ReadOnlySpan<char> stem) =>
        stem.Length >= 2 && stem[^1] == stem[^2] && !IsVowel(stem, stem.Length - 1);

    // The paper's *o: consonant, vowel, consonant, and the last not w, x or y.
    private static bool EndsInShortSyllable(ReadOnlySpan<char> stem) =>
        stem.Length >= 3
        && !IsVowel(stem, stem.Length - 1) && IsVowel(stem, stem.Length - 2) && !IsVowel(stem, stem.Length - 3)
        && stem[^1] is not ('w' or 'x' or 'y');
}
