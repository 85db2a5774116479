using MemoryCluster.Consolidation;
using MemoryCluster.Index.Graph;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Summaries;

/// <summary>A sentence or a clause with what it names.</summary>
internal sealed class Claim
{
    private static readonly string[] Joints = [", ", "; ", " and ", " but ", " while ", " whereas ", " or "];

    private Claim(Sentence sentence)
    {
        Sentence = sentence;
        Words = [.. SummaryWords.Of(sentence.Text)];
        Names = NamesOf(sentence.Text);
    }

    public Sentence Sentence { get; }

    /// <summary>Its folded words.</summary>
    public HashSet<string> Words { get; }

    /// <summary>The folded words of its names. A first word with a capital may be one, unless it is one that sentences begin with.</summary>
    public HashSet<string> Names { get; }

    public IEnumerable<Claim> Clauses => Sentence.Text.Split(Joints, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(clause => clause.AsSpan().ContainsAnyExcept(" .,;:!?-–—*#".AsSpan())).Select(clause => new Claim(new Sentence(clause)));

    public static IReadOnlyList<Claim> AllOf(string text) => [.. Sentences.Of(text).Select(sentence => new Claim(sentence))];

    /// <summary>Whether it says the contrary of a sentence of a source.</summary>
    public bool TurnsRound(Claim source) => Sentence.TurnsRound(source.Sentence, Names.IsSubsetOf(source.Names) || source.Names.IsSubsetOf(Names));

    private static HashSet<string> NamesOf(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new EntityReader(text);
        while (reader.MoveNext())
        {
            if (reader.Kind is EntityKind.Name or EntityKind.Identifier)
            {
                names.UnionWith(SummaryWords.Of(text[reader.Start..reader.End]).Where(word => word.Any(char.IsLetter) && !SummaryWords.IsOpener(word) && !StopWords.Contains(word)));
            }
        }

        return names;
    }
}
