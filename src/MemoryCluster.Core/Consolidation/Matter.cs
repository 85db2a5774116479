using System.Collections.Frozen;
using MemoryCluster.Index.Graph;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Consolidation;

/// <summary>
/// What a piece of advice is about, as far as rules can read it: the names and the identifiers of code that it gives, what it warns of, what
/// it turns into what, and which ends of scales it holds. Advice that differs in these is another's, or the contrary, however near its words are.
/// </summary>
internal sealed class Matter
{
    /// <summary>The share of words in common, of all that either has, that two must have to be about one matter.</summary>
    private const double InCommonMin = 0.15;

    /// <summary>The share of a warned-of act's words that a sentence must hold which does it.</summary>
    private const double ActMin = 0.75;

    /// <summary>Words of an act, at most: further ones tell why.</summary>
    private const int ActWordsMax = 6;

    private static readonly FrozenDictionary<string, string> OtherEnds = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["most"] = "least", ["ascending"] = "descending", ["earliest"] = "latest", ["oldest"] = "newest", ["minimum"] = "maximum", ["first"] = "last",
        ["highest"] = "lowest", ["enable"] = "disable", ["include"] = "exclude",
    }.SelectMany(pair => new[] { pair, new(pair.Value, pair.Key) }).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Turning = new[]
    {
        "convert", "converting", "converted", "cast", "casting", "change", "changing", "transform", "transforming", "switch", "switching",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Where it goes on to tell when, what for, or which.
    private static readonly FrozenSet<string> Limits = new[]
    {
        "that", "which", "when", "for", "to", "if", "while", "as", "unless", "where", "with", "because", "since", "until", "and", "but", "or",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly HashSet<ulong> _names = [];
    private readonly HashSet<ulong> _identifiers = [];
    private readonly Dictionary<string, float> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string> _undoings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ends = new(StringComparer.Ordinal);
    private readonly HashSet<string> _from = new(StringComparer.Ordinal);
    private readonly HashSet<string> _into = new(StringComparer.Ordinal);
    private readonly List<HashSet<string>> _acts = [];
    private readonly List<(HashSet<string> Words, bool Warns)> _sentences = [];

    private readonly Func<string, float> _rarityOf;

    private Matter(Func<string, float> rarityOf) => _rarityOf = rarityOf;

    /// <param name="text">The advice.</param>
    /// <param name="rarityOf">What a stem tells: the more the fewer texts hold it.</param>
    public static Matter Of(ImmutableArray<Sentence> text, Func<string, float> rarityOf)
    {
        var matter = new Matter(rarityOf);
        foreach (var sentence in text)
        {
            matter.Read(sentence.Text);
        }

        return matter;
    }

    /// <summary>Whether two may be summed up together.</summary>
    public bool MayJoin(Matter other) =>
        HasInCommon(other) && Meet(_names, other._names) && Meet(_identifiers, other._identifiers)
        && !IsAtOtherEnd(other) && !Undoes(other) && !other.Undoes(this)
        && !WarnsOf(other) && !other.WarnsOf(this)
        && !_from.Overlaps(other._into) && !_into.Overlaps(other._from);

    // Who names nothing speaks in general; two that name only different things speak of different things.
    private static bool Meet(HashSet<ulong> left, HashSet<ulong> right) => left.Count == 0 || right.Count == 0 || left.Overlaps(right);

    private bool HasInCommon(Matter other)
    {
        var common = _words.Sum(word => other._words.ContainsKey(word.Key) ? word.Value : 0);
        return common >= InCommonMin * (_words.Values.Sum() + other._words.Values.Sum() - common);
    }

    // "unfollow" and "follow"
    private bool Undoes(Matter other) => _undoings.Any(act => other._words.ContainsKey(act) && !other._undoings.Contains(act));

    // Of one thing named in code, "the most played" and "the least played".
    private bool IsAtOtherEnd(Matter other) =>
        _identifiers.Overlaps(other._identifiers)
        && _ends.Any(end => other._ends.Contains(OtherEnds[end]) && !_ends.Contains(OtherEnds[end]) && !other._ends.Contains(end));

    private bool WarnsOf(Matter other) => _acts.Any(act =>
        other._sentences.Any(sentence => !sentence.Warns && act.Count(sentence.Words.Contains) >= ActMin * act.Count));

    private void Read(string text)
    {
        ReadThings(text);
        var (words, warns) = (new HashSet<string>(StringComparer.Ordinal), false);
        foreach (var clause in text.Split([',', ';', ':', '(', ')', '.', '–', '—'], StringSplitOptions.RemoveEmptyEntries))
        {
            var tokens = TokensOf(clause);
            words.UnionWith(tokens.Where(token => !StopWords.Contains(token.Word)).Select(token => token.Stem));
            _ends.UnionWith(tokens.Select(token => token.Word).Where(OtherEnds.ContainsKey));
            _undoings.UnionWith(tokens.Where(token => IsUndoing(token.Word)).Select(token => token.Stem[2..]));
            ReadTurn(tokens);
            warns |= ReadWarning(tokens);
        }

        foreach (var word in words)
        {
            _words[word] = _rarityOf(word);
        }

        _sentences.Add((words, warns));
    }

    // What is "unauthorized" is a state, and no act.
    private static bool IsUndoing(string word) =>
        word.Length >= 6 && word.StartsWith("un", StringComparison.Ordinal) && !word.EndsWith("ed", StringComparison.Ordinal)
        && !word.EndsWith("able", StringComparison.Ordinal) && word is not ("under" or "until" or "unique" or "unless" or "update" or "united" or "understand");

    // A sentence begins with a capital whatever it names, and capitals throughout are a manner of speaking: API, URLs.
    private void ReadThings(string text)
    {
        var start = Math.Max(0, text.IndexOf(' '));
        var reader = new EntityReader(text.AsSpan(start));
        while (reader.MoveNext())
        {
            var named = text.AsSpan(start)[reader.Start..reader.End];
            if (reader.Kind == EntityKind.Identifier)
            {
                _identifiers.Add(reader.Current);
            }
            else if (reader.Kind == EntityKind.Name && named.Length > 1 && char.IsLower(named[1]) && !IsHeading(named))
            {
                _names.Add(reader.Current);
            }
        }
    }

    // "When …" behind a label, "Higher-scoring" and the like begin a clause and name nothing.
    private static bool IsHeading(ReadOnlySpan<char> named) => named.Contains('-') || StopWords.Contains(named.ToString().ToLowerInvariant());

    // "convert sets to lists"
    private void ReadTurn(List<(string Word, string Stem)> tokens)
    {
        var at = tokens.FindIndex(token => Turning.Contains(token.Word));
        var to = at < 0 ? -1 : tokens.FindIndex(at, token => token.Word is "to" or "into");
        if (to > at + 1 && to + 1 < tokens.Count)
        {
            _from.Add(tokens[to - 1].Stem);
            _into.UnionWith(tokens.Skip(to + 1).Take(3).Where(token => !StopWords.Contains(token.Word)).Select(token => token.Stem));
        }
    }

    // What it tells not to do. "to avoid errors" tells what for.
    private bool ReadWarning(List<(string Word, string Stem)> tokens)
    {
        var warns = false;
        for (var i = 0; i < tokens.Count; i++)
        {
            var (before, word, next) = (i > 0 ? tokens[i - 1].Word : "", tokens[i].Word, i + 1 < tokens.Count ? tokens[i + 1].Word : "");
            var isDirective = (word is "avoid" or "never" && before is not ("to" or "that" or "which"))
                || (word == "instead" && next == "of") || (word == "rather" && next == "than") || (word == "not" && before == "do") || word is "don't" or "dont";
            if (!isDirective)
            {
                continue;
            }

            warns = true;
            var act = tokens.Skip(i + 1).TakeWhile(token => !Limits.Contains(token.Word))
                .Where(token => token.Word is not ("of" or "than") && !StopWords.Contains(token.Word)).Take(ActWordsMax).Select(token => token.Stem).ToHashSet(StringComparer.Ordinal);
            if (act.Count > 1)
            {
                _acts.Add(act);
            }
        }

        return warns;
    }

    private static List<(string Word, string Stem)> TokensOf(string clause)
    {
        var found = new List<(string Word, string Stem)>();
        var tokens = new Tokenizer(clause, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            var word = tokens.Current.ToString();
            found.Add((word, tokens.ToTerm().ToString()));
        }

        return found;
    }
}
