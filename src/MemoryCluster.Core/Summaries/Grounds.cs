using MemoryCluster.Index.Graph;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Summaries;

/// <summary>What the sources of a summary say: their sentences, and their words in order.</summary>
internal sealed class Grounds(IReadOnlyList<string> sources, ImmutableArray<Claim> claims)
{
    private static readonly (char Open, char Close)[] Quotes = [('"', '"'), ('“', '”'), ('«', '»'), ('„', '“')];

    private readonly ImmutableArray<string> _lines = [.. sources.Select(source => SummaryWords.Line(SummaryWords.Of(source)))];
    private readonly HashSet<string> _terms = [.. claims.SelectMany(claim => claim.Sentence.Terms)];
    private readonly HashSet<string> _names = [.. claims.SelectMany(claim => claim.Names)];

    public ImmutableArray<Claim> Claims => claims;

    /// <summary>The stems of all words that may turn a sentence round.</summary>
    public HashSet<string> Turning { get; } = [.. claims.SelectMany(claim => claim.Sentence.Turning)];

    /// <summary>Whether a text names or quotes what stands nowhere here; null where it does not.</summary>
    public SummaryRefusal? RefusalOf(string text) =>
        !SummaryWords.Of(text).Where(SummaryWords.IsCaseless).All(word => Stands([word])) || !NamesStand(text) ? SummaryRefusal.Name
        : QuotationsStand(text) ? null
        : SummaryRefusal.Quotation;

    private bool NamesStand(string text)
    {
        var reader = new EntityReader(text);
        while (reader.MoveNext())
        {
            if (reader.Kind is EntityKind.Name or EntityKind.Identifier && !NameStands(text[reader.Start..reader.End], IsAtBeginning(text, reader.Start)))
            {
                return false;
            }
        }

        return true;
    }

    // A sentence's first word may be any word of the sources that names nothing, and one of those that sentences begin with, before a name or alone.
    // What only stands side by side ("Rome and Bob", "Rome for 3 May") is read as one name and is several.
    private bool NameStands(string name, bool isAtBeginning)
    {
        var words = SummaryWords.Of(name);
        if (words is [.., "s"] && name.EndsWith('s') && name.Length > 2 && name[^2] is '\'' or '’')
        {
            words = words[..^1];
        }

        var isFree = isAtBeginning && (SummaryWords.IsOpener(words[0]) || (_terms.Contains(StemOf(words[0])) && !_names.Contains(words[0])));
        return Stands(words) || PartsOf(isFree ? words[1..] : words).All(Stands);
    }

    private static IEnumerable<ImmutableArray<string>> PartsOf(ImmutableArray<string> words)
    {
        var start = 0;
        for (var i = 0; i <= words.Length; i++)
        {
            if (i == words.Length || words[i] is "and" or "in" or "for" || words[i].All(char.IsAsciiDigit))
            {
                yield return words[start..i];
                start = i + 1;
            }
        }
    }

    private bool QuotationsStand(string text)
    {
        foreach (var (open, close) in Quotes)
        {
            for (var start = text.IndexOf(open); start >= 0 && start + 1 < text.Length;)
            {
                var end = text.IndexOf(close, start + 1);
                if (end < 0)
                {
                    break;
                }

                if (!Stands(SummaryWords.Of(text[(start + 1)..end])))
                {
                    return false;
                }

                start = text.IndexOf(open, end + 1);
            }
        }

        return true;
    }

    private bool Stands(ImmutableArray<string> words) => words.IsEmpty || _lines.Any(line => line.Contains(SummaryWords.Line(words), StringComparison.Ordinal));

    private static bool IsAtBeginning(string text, int start)
    {
        var before = text.AsSpan(0, start).TrimEnd(" \t\"“«„(*-–—".AsSpan());
        return before.IsEmpty || before[^1] is '.' or '!' or '?' or ';' or ':' or '\n' || text.AsSpan(0, start).TrimEnd(' ') is [.., '\n'];
    }

    private static string StemOf(string word)
    {
        var token = new Tokenizer(word, stackalloc char[Tokenizer.TokenCharsMax]);
        return token.MoveNext() ? token.ToTerm().ToString() : word;
    }
}
