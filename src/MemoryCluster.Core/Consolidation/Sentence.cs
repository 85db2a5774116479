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

    /// <summary>The share of words in common from which two contradict that hold the two ends of one scale, or of which one warns of what the other does.</summary>
    private const double OppositionMin = 0.25;

    /// <summary>The share of a warning's words that the sentence must hold which does what it warns of.</summary>
    private const double WarnedOfMin = 0.75;

    private static readonly FrozenDictionary<string, string> Opposites = new (string One, string Other)[]
    {
        ("before", "after"), ("enable", "disable"), ("most", "least"), ("minimum", "maximum"), ("increase", "decrease"), ("include", "exclude"),
        ("ascending", "descending"), ("always", "never"), ("inside", "outside"), ("allow", "deny"), ("required", "optional"), ("public", "private"),
        ("earliest", "latest"), ("oldest", "newest"), ("accept", "reject"), ("sync", "async"), ("uppercase", "lowercase"), ("prefer", "avoid"),
    }.SelectMany(pair => new[] { (pair.One, pair.Other), (One: pair.Other, Other: pair.One) })
        .DistinctBy(pair => StemOf(pair.One)).ToFrozenDictionary(pair => StemOf(pair.One), pair => StemOf(pair.Other), StringComparer.Ordinal);

    private static readonly FrozenSet<string> Warnings = new[]
    {
        "avoid", "never", "not", "no", "cannot", "without", "instead", "rather", "don't", "doesn't", "didn't", "won't", "shouldn't", "can't", "isn't",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Each turns a sentence round although it changes one word of it; stems, because sentences are compared by them.
    private static readonly FrozenSet<string> Contrasts = Stems(
        "before after on off enable disable first last minimum maximum min max increase decrease include exclude success successful fail failed failure"
        + " higher lower high low more less fewer most least with without always never sometimes only all none any each ascending descending inside outside"
        + " start stop begin end add remove delete create open close allow deny permit forbid public private true false left right up down single multiple"
        + " input output read write send receive client server above below early late earlier later old new accept reject optional required mandatory").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Among <see cref="Features"/>, that something is denied.</summary>
    public static readonly ulong Negation = FeaturesOf("not").Single();

    private readonly HashSet<string> _words;
    private readonly HashSet<string> _contrasts;
    private readonly HashSet<string> _opposites;
    private readonly bool _warns;
    private readonly HashSet<ulong> _things;
    private readonly ulong _numbersAndNegations;
    private HashSet<ulong>? _features;

    public Sentence(string text)
    {
        Text = text;
        _words = Stems(text);
        var all = Stems(text, withStopWords: true);
        _contrasts = [.. all.Where(Contrasts.Contains)];
        _opposites = [.. all.Where(stem => Opposites.TryGetValue(stem, out var other) && !all.Contains(other)).Select(stem => Opposites[stem])];
        _warns = all.Overlaps(Warnings);
        _things = ThingsOf(text);
        _numbersAndNegations = TextFeatures.NumbersAndNegations(text);
    }

    public string Text { get; }

    /// <summary>Its numbers, dates and negations.</summary>
    public HashSet<ulong> Features => _features ??= FeaturesOf(Text);

    /// <summary>The stems of its words, but for stop words.</summary>
    public IReadOnlySet<string> Terms => _words;

    /// <summary>The stems of those that turn a sentence round.</summary>
    public IReadOnlySet<string> Turning => _contrasts;

    /// <summary>Whether it warns of something.</summary>
    public bool Warns => _warns;

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
        var likeness = (double)common / Math.Max(1, _words.Count + other._words.Count - common);
        return (likeness >= OppositionMin && IsOpposedTo(other)) || WarnsOf(other, common) || other.WarnsOf(this, common)
            || (likeness >= LikenessMin && IsTurnedRound(other));
    }

    /// <summary>
    /// Whether it says the contrary of a sentence that it sums up. It may join that one with others and say less, so either may name, count or set apart
    /// more than the other; what that one denies it may not say.
    /// </summary>
    /// <param name="source">The other.</param>
    /// <param name="namesAgree">Whether one of the two names all that the other names.</param>
    public bool TurnsRound(Sentence source, bool namesAgree)
    {
        var common = _words.Count(source._words.Contains);
        var likeness = (double)common / Math.Max(1, _words.Count + source._words.Count - common);
        return (likeness >= OppositionMin && IsOpposedTo(source)) || WarnsOf(source, common) || source.WarnsOf(this, common)
            || (likeness >= LikenessMin && (Drops(source) || !Agree(Features, source.Features) || !Agree(_contrasts, source._contrasts) || !namesAgree));
    }

    // "most" in one, "least" in the other; who names both ends speaks of both.
    private bool IsOpposedTo(Sentence other) => other._opposites.Any(end => _opposites.Contains(Opposites[end]));

    private bool WarnsOf(Sentence other, int common) =>
        _warns && !other._warns && common >= WarnedOfMin * _words.Count(word => !Warnings.Contains(word));

    private bool IsTurnedRound(Sentence other) =>
        _numbersAndNegations != other._numbersAndNegations || !_contrasts.SetEquals(other._contrasts) || !Agree(_things, other._things);

    private static string StemOf(string word) => Stems(word, withStopWords: true).First();

    /// <summary>How alike two are in words, 0 to 1.</summary>
    public double Likeness(Sentence other)
    {
        var common = _words.Count(other._words.Contains);
        return common == 0 ? 0 : (double)common / (_words.Count + other._words.Count - common);
    }

    // One may name more than the other; each naming what the other does not is a swap.
    private static bool Agree<T>(HashSet<T> left, HashSet<T> right) => left.IsSubsetOf(right) || right.IsSubsetOf(left);

    private bool Drops(Sentence source) => source.Features.Contains(Negation) && !Features.Contains(Negation);

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

    private static HashSet<ulong> FeaturesOf(string text)
    {
        var features = new HashSet<ulong>();
        TextFeatures.AddTo(features, text);
        return features;
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
