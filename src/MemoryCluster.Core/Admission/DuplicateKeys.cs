using System.Globalization;
using System.Text;
using MemoryCluster.Index.Lexical;
using MemoryCluster.Records;

namespace MemoryCluster.Admission;

/// <summary>By what hashes a memory meets those that say the same. Both begin with its label: what differs in who may see it never merges.</summary>
/// <param name="Exact">Same label, kind, validity and text but for white space; for events and episodes the same source turn as well.</param>
/// <param name="Near">Same words in order but for articles, inflection, case and sentence punctuation; null where the kind is never merged.</param>
public readonly record struct DuplicateKeys(Guid? Exact, Guid? Near)
{
    public static DuplicateKeys Of(AgentId agent, MemoryDraft draft) => Of(
        draft.Kind,
        LabelOf([agent, .. draft.Through], draft.Visibility, draft.User, draft.Resources),
        draft.Text, draft.Source, draft.ValidFrom, draft.ValidTo);

    public static DuplicateKeys Of(MemoryRecord record) => Of(
        record.Kind,
        LabelOf(record.Provenance.Agents, record.Visibility, record.Provenance.User, record.Provenance.Resources),
        record.Text, record.Provenance.Source, record.Times.ValidFrom, record.Times.ValidTo);

    /// <summary>Whether a kind may be merged; raw events and episodes stay as they came.</summary>
    public static bool IsMergeable(MemoryKind kind) => kind switch
    {
        MemoryKind.Fact or MemoryKind.Procedure or MemoryKind.Insight or MemoryKind.Lesson or MemoryKind.Step => true,
        MemoryKind.Event or MemoryKind.Episode or MemoryKind.Unspecified => false,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A new kind needs a decision here."),
    };

    private static DuplicateKeys Of(
        MemoryKind kind, string label, string text, SourceRef? source, DateTimeOffset? validFrom, DateTimeOffset? validTo)
    {
        var scope = string.Create(CultureInfo.InvariantCulture, $"{label}\n{(int)kind}\n{validFrom:O}\n{validTo:O}");
        var plain = CollapseWhiteSpace(text);
        if (IsMergeable(kind))
        {
            return new DuplicateKeys(Hash128.Of("exact", scope, plain), Hash128.Of("near", scope, Canonical(text)));
        }

        // Without a source turn nothing tells a repetition from a second event.
        return source?.Turn is null
            ? default
            : new DuplicateKeys(Hash128.Of("turn", scope, source.Session, source.Turn, source.Uri, plain), null);
    }

    private static string LabelOf(ImmutableArray<AgentId> agents, Visibility visibility, UserId? user, ImmutableArray<ResourceId> resources) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(' ', agents.Select(agent => agent.Value).Order(StringComparer.Ordinal))}\n{(int)visibility}\n{user?.Value}\n{string.Join(' ', resources.Select(resource => resource.Value).Order(StringComparer.Ordinal))}");

    private static string CollapseWhiteSpace(string text) =>
        IsCollapsed(text) ? text : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsCollapsed(string text)
    {
        var afterSpace = true;
        foreach (var character in text)
        {
            var isSpace = char.IsWhiteSpace(character);
            if (isSpace && (afterSpace || character != ' '))
            {
                return false;
            }

            afterSpace = isSpace;
        }

        return !afterSpace;
    }

    // Stems in order, without articles; then what no token holds but may turn the meaning: numbers as written, operators, signs.
    public static string Canonical(string text)
    {
        var words = new StringBuilder(text.Length);
        var tokens = new Tokenizer(text, stackalloc char[Tokenizer.TokenCharsMax]);
        while (tokens.MoveNext())
        {
            if (tokens.Current is "a" or "an" or "the")
            {
                continue;
            }

            words.Append(tokens.ToTerm()).Append(' ');
        }

        words.Append('\n').Append(TextFeatures.NumbersAndNegations(text)).Append('\n');
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && !Rune.IsWhiteSpace(rune) && !".,;:!?'\"()[]’‘“”…–—".Contains(rune.ToString(), StringComparison.Ordinal))
            {
                words.Append(rune);
            }
        }

        return words.ToString();
    }
}
