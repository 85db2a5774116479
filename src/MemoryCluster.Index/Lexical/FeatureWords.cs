using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace MemoryCluster.Index.Lexical;

/// <summary>English words that change what a text claims although they change little else: numbers, dates, negations.</summary>
internal static class FeatureWords
{
    private const string Negation = "not";

    // Each line: what the words stand for, then the words. Ambiguous ones ("may", "sat") are in: a needless difference costs a merge
    // that could have been, a missed one costs a memory.
    private const string Table =
        """
        0 zero
        1 one first
        2 two second twice
        3 three third
        4 four fourth
        5 five fifth
        6 six sixth
        7 seven seventh
        8 eight eighth
        9 nine ninth
        10 ten tenth
        11 eleven eleventh
        12 twelve twelfth dozen
        13 thirteen
        14 fourteen
        15 fifteen
        16 sixteen
        17 seventeen
        18 eighteen
        19 nineteen
        20 twenty
        30 thirty
        40 forty
        50 fifty
        60 sixty
        70 seventy
        80 eighty
        90 ninety
        hundred hundred hundreds
        thousand thousand thousands
        million million millions
        billion billion billions
        half half
        january january jan
        february february feb
        march march mar
        april april apr
        may may
        june june jun
        july july jul
        august august aug
        september september sep sept
        october october oct
        november november nov
        december december dec
        monday monday mon
        tuesday tuesday tue tues
        wednesday wednesday wed
        thursday thursday thu thurs
        friday friday fri
        saturday saturday sat
        sunday sunday sun
        today today
        tonight tonight
        tomorrow tomorrow
        yesterday yesterday
        not not no non never none nobody nothing neither nor nowhere without unable cannot cant dont doesnt didnt isnt arent wasnt werent
        not wont wouldnt couldnt shouldnt hasnt havent hadnt aint mustnt
        """;

    private static readonly FrozenDictionary<string, string> Features = Table
        .Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .SelectMany(words => words.Skip(1), (words, word) => KeyValuePair.Create(word, words[0]))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Features.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool TryGetFeature(ReadOnlySpan<char> word, [MaybeNullWhen(false)] out string feature)
    {
        if (word.EndsWith("n't"))
        {
            feature = Negation;
            return true;
        }

        return Lookup.TryGetValue(word, out feature);
    }
}
