using System.Collections.Frozen;

namespace MemoryCluster.Index.Lexical;

/// <summary>English words that say little about what a text is about. Folded, unstemmed.</summary>
public static class StopWords
{
    private static readonly FrozenSet<string> Words =
        """
        a about an and are as at be been but by can could d did do does doing for from had has have having he her here hers him his
        how i if in into is it its just ll m me my of on or our ours re s she should so some such t than that the their theirs them
        then there these they this those to too us ve very was we were what when where which while who whom whose why will with
        would you your yours
        """
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> word) => Lookup.Contains(word);
}
