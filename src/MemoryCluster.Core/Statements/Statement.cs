using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Statements;

/// <summary>What one sentence says, as far as rules can read it: its words, and apart from them what it names, counts and denies.</summary>
internal sealed class Statement
{
    private const ulong Negation = 1;

    // Two sentences speak of one thing where three fifths of the shorter's words are the other's too: "the flight leaves at nine" and
    // "the flight to Rome leaves at eight" do, "the flight leaves" and "the hotel closes" do not.
    private const double SameSubjectShare = 0.6;
    private const int SharedWordsMin = 2;

    private readonly HashSet<ulong> _words = [];
    private readonly HashSet<ulong> _names = [];
    private readonly HashSet<ulong> _numbers = [];
    private readonly bool _isNegated;

    public Statement(ReadOnlySpan<char> sentence)
    {
        ReadWords(sentence);
        TextFeatures.AddTo(_numbers, sentence);
        _isNegated = _numbers.Remove(StableHash.Of("not"));
    }

    /// <summary>Words that say something, by hash.</summary>
    public IReadOnlySet<ulong> Words => _words;

    /// <summary>Everything that can be told right or wrong: words, numbers, whether it denies.</summary>
    public IEnumerable<ulong> Claims => _isNegated ? [.. _words.Concat(_numbers).Distinct(), Negation] : _words.Concat(_numbers).Distinct();

    /// <summary>Whether both speak of one thing and do not say the same of it: other numbers, other names, or one denies it.</summary>
    public bool Contradicts(Statement other) =>
        SharesSubject(other)
        && (CountsOther(other) || Differ(_names, other._words, other._names, _words) || _isNegated != other._isNegated);

    /// <summary>Whether each has a number, day or identifier that the other lacks: "order 7" and "order 8", however many words they share.</summary>
    public bool CountsOther(Statement other) => Differ(_numbers, other._numbers, other._numbers, _numbers);

    private bool SharesSubject(Statement other)
    {
        var shared = _words.Count(other._words.Contains);
        var shorter = Math.Min(_words.Count, other._words.Count);
        return shared >= Math.Min(SharedWordsMin, shorter) && shared > 0 && shared >= SameSubjectShare * shorter;
    }

    // What one side has more of is no contradiction; each having what the other lacks is. A capital at the beginning of a sentence makes no
    // name of a word that the other has in its midst.
    private static bool Differ(HashSet<ulong> mine, HashSet<ulong> lackingIn, HashSet<ulong> others, HashSet<ulong> lackingHere) =>
        mine.Any(each => !lackingIn.Contains(each)) && others.Any(each => !lackingHere.Contains(each));

    private void ReadWords(ReadOnlySpan<char> sentence)
    {
        var tokens = new Tokenizer(sentence, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            // Numbers are compared as they are written, and stand apart.
            if (!StopWords.Contains(tokens.Current) && !tokens.Current.ContainsAnyInRange('0', '9'))
            {
                var isName = char.IsUpper(sentence[tokens.Start]);
                var word = StableHash.Of(tokens.ToTerm());
                _words.Add(word);
                if (isName)
                {
                    _names.Add(word);
                }
            }
        }
    }
}
