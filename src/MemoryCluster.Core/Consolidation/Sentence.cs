using System.Collections.Frozen;
using MemoryCluster.Index.Graph;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Consolidation;

/// <summary>A sentence, and what another must hold to say the same.</summary>
internal sealed class Sentence
{
    /// <summary>
    /// The share of its words that another must hold. Of sentences up to nine words all of them; of longer ones one in ten may be missing,
    /// and none that <see cref="Contrasts"/> names.
    /// </summary>
    private const double CoverageMin = 0.9;

    /// <summary>The share of words in common, of all that either has, from which two that differ in a number, a name or a contrast contradict.</summary>
    private const double LikenessMin = 0.6;

    // Each turns a sentence round although it changes one word of it; stems, because sentences are compared by them.
    private static readonly FrozenSet<string> Contrasts = Stems(
        "before after on off enable disable first last minimum maximum min max increase decrease include exclude success successful fail failed failure"
        + " higher lower high low more less fewer most least with without always never sometimes only all none any each ascending descending inside outside"
        + " start stop begin end add remove delete create open close allow deny permit forbid public private true false left right up down single multiple"
        + " input output read write send receive client server above below early late earlier later old new accept reject optional required mandatory").ToFrozenSet(StringComparer.Ordinal);

    private readonly HashSet<string> _words;
    private readonly HashSet<string> _contrasts;
    private readonly HashSet<ulong> _things;
    private readonly ulong _numbersAndNegations;

    public Sentence(string text)
    {
        Text = text;
        _words = Stems(text);
        _contrasts = [.. Stems(text, withStopWords: true).Where(Contrasts.Contains)];
        _things = ThingsOf(text);
        _numbersAndNegations = TextFeatures.NumbersAndNegations(text);
    }

    public string Text { get; }

    /// <summary>How much of it is words.</summary>
    public int Words => _words.Count;

    /// <summary>Whether another says all that this one does.</summary>
    public bool IsCoveredBy(Sentence other) =>
        _numbersAndNegations == other._numbersAndNegations
        && _contrasts.SetEquals(other._contrasts)
        && _things.IsSubsetOf(other._things)
        && _words.Count(other._words.Contains) >= CoverageMin * _words.Count;

    /// <summary>Whether another says nearly the same and differs in what may turn the meaning.</summary>
    public bool Contradicts(Sentence other)
    {
        var common = _words.Count(other._words.Contains);
        return common >= LikenessMin * (_words.Count + other._words.Count - common)
            && (_numbersAndNegations != other._numbersAndNegations || !_contrasts.SetEquals(other._contrasts) || !Agree(_things, other._things));
    }

    /// <summary>How alike two are in words, 0 to 1.</summary>
    public double Likeness(Sentence other)
    {
        var common = _words.Count(other._words.Contains);
        return common == 0 ? 0 : (double)common / (_words.Count + other._words.Count - common);
    }

    // One may name more than the other; each naming what the other does not is a swap.
    private static bool Agree(HashSet<ulong> left, HashSet<ulong> right) => left.IsSubsetOf(right) || right.IsSubsetOf(left);

    private static HashSet<ulong> ThingsOf(string text)
    {
        var things = new HashSet<ulong>();
        // A sentence begins with a capital whatever it names; a name there is still among the words.
        var start = text.IndexOf(' ');
        var reader = new EntityReader(start < 0 ? text : text.AsSpan(start));
        while (reader.MoveNext())
        {
            things.Add(reader.Current);
        }

        return things;
    }

    private static HashSet<string> Stems(string text, bool withStopWords = false)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        var tokens = new Tokenizer(text, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            if (withStopWords || !StopWords.Contains(tokens.Current))
            {
                stems.Add(tokens.ToTerm().ToString());
            }
        }

        return stems;
    }
}
