using System.Globalization;
using MemoryCluster.Consolidation;

namespace MemoryCluster.Summaries;

/// <summary>
/// Whether what a model wrote is borne out by its sources: plain rules over words, which no source can talk round. They refuse what may be true
/// and cannot be seen to be; then the sentences of the sources themselves stand.
/// </summary>
/// <remarks>
/// Every name, identifier and quotation of it stands in a source, word by word. Every number, date and negation of a clause stands in a sentence
/// of a source that speaks of the same. No sentence of it turns a sentence of a source round. It speaks of more than half of its sources.
/// </remarks>
internal static class SummarySupport
{
    // The terms that a text shares with a source that it speaks of.
    private const int SharedTermsMin = 2;

    // The share of a denying clause's terms that the sentence must hold which denies the same.
    private const double DeniedShareMin = 0.5;

    /// <summary>Null where it is borne out.</summary>
    public static SummaryRefusal? RefusalOf(string text, IReadOnlyList<string> sources, int charsMax)
    {
        if (text.Length > charsMax || text.Length >= sources.Sum(source => source.Length + 1))
        {
            return SummaryRefusal.TooLong;
        }

        if (text.Any(IsForbidden))
        {
            return SummaryRefusal.Characters;
        }

        var claims = Claim.AllOf(text);
        var said = sources.Select(Claim.AllOf).ToList();
        var grounds = new Grounds(sources, [.. said.SelectMany(claim => claim)]);
        return IsThin(claims, said) ? SummaryRefusal.Thin : grounds.RefusalOf(text) ?? claims.Select(claim => RefusalOf(claim, grounds)).FirstOrDefault(refusal => refusal is not null);
    }

    private static SummaryRefusal? RefusalOf(Claim claim, Grounds grounds)
    {
        // said word by word, or nearly
        if (grounds.Claims.Any(source => claim.Sentence.IsCoveredBy(source.Sentence)))
        {
            return null;
        }

        foreach (var clause in claim.Clauses)
        {
            foreach (var feature in clause.Sentence.Features)
            {
                if (!grounds.Claims.Any(source => source.Sentence.Features.Contains(feature) && Bears(source, clause, feature == Sentence.Negation)))
                {
                    return feature == Sentence.Negation ? SummaryRefusal.Negation : SummaryRefusal.Number;
                }
            }

            if (clause.Sentence.Warns && !grounds.Claims.Any(source => source.Sentence.Warns && Bears(source, clause, denies: true)))
            {
                return SummaryRefusal.Negation;
            }
        }

        return !claim.Sentence.Turning.All(grounds.Turning.Contains) || grounds.Claims.Any(claim.TurnsRound)
            ? SummaryRefusal.Contradiction
            : null;
    }

    // Whether a sentence speaks of what a clause speaks of: of one of its names where both have any, and in one of its words; what is denied, in half of them.
    private static bool Bears(Claim source, Claim clause, bool denies)
    {
        var terms = clause.Sentence.Terms;
        var shared = terms.Count(source.Sentence.Terms.Contains);
        var isNamed = clause.Names.Count == 0 || source.Names.Count == 0 || clause.Names.Any(source.Words.Contains) || source.Names.Any(clause.Words.Contains);
        return isNamed && shared >= (denies ? Math.Max(1, DeniedShareMin * terms.Count) : 1);
    }

    private static bool IsThin(IReadOnlyList<Claim> claims, List<IReadOnlyList<Claim>> sources)
    {
        var terms = claims.SelectMany(claim => claim.Sentence.Terms).ToHashSet(StringComparer.Ordinal);
        var spoken = sources.Count(source =>
        {
            var own = source.SelectMany(claim => claim.Sentence.Terms).ToHashSet(StringComparer.Ordinal);
            return own.Count(terms.Contains) >= Math.Min(SharedTermsMin, own.Count);
        });
        return terms.Count == 0 || 2 * spoken <= sources.Count;
    }

    // Control and format characters, among them those that turn a line round or cannot be seen.
    private static bool IsForbidden(char c) => c != '\n' && char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator;
}
