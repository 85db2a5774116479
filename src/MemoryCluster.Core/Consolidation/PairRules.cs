using MemoryCluster.Admission;
using MemoryCluster.Index.Lexical;
using MemoryCluster.Index.Temporal;

namespace MemoryCluster.Consolidation;

/// <summary>Which of two memories that an index proposed may become one: plain functions of plain values.</summary>
/// <remarks>
/// No cosine decides: "the flight leaves at 8" and "at 9" lie close in every vector space. Statements must agree word by word; advice may
/// also be said in more words, sentence by sentence.
/// </remarks>
internal static class PairRules
{
    /// <summary>Whether a memory takes part at all.</summary>
    public static bool TakesPart(MemoryRecord memory) =>
        DuplicateKeys.IsMergeable(memory.Kind)
        && memory.State is MemoryState.Active or MemoryState.Candidate
        && memory.Course != ConsolidationCourse.Apart
        && memory.SupersededBy() is null;

    /// <summary>Whether nothing but what they say keeps two apart: kind, user, visibility, standing and validity are the same.</summary>
    public static bool MayMeet(MemoryRecord left, MemoryRecord right) =>
        left.Id != right.Id
        && (left.Kind == right.Kind || (IsAdvice(left.Kind) && IsAdvice(right.Kind) && (IsMade(left) || IsMade(right))))
        && left.State == right.State
        && left.Visibility == right.Visibility
        && left.Provenance.User == right.Provenance.User
        && left.Times.ValidFrom == right.Times.ValidFrom
        && left.Times.ValidTo == right.Times.ValidTo
        && left.Times.ExpiresAt == right.Times.ExpiresAt
        && TakesPart(left) && TakesPart(right);

    /// <summary>Whether two statements are one: the same words in order, numbers, signs and negations, and the same days where they name any.</summary>
    /// <param name="left">The one that is held against several.</param>
    /// <param name="canonical">Its text in canonical form.</param>
    /// <param name="right">Another.</param>
    public static bool SayTheSame(MemoryRecord left, string canonical, MemoryRecord right) =>
        // a canonical form neither doubles a text nor halves it; to make one costs more than all else of a pair
        Math.Abs(left.Text.Length - right.Text.Length) <= Math.Max(left.Text.Length, right.Text.Length) / 2
        && canonical == DuplicateKeys.Canonical(right.Text)
        && DaysOf(left).SequenceEqual(DaysOf(right));

    /// <summary>Whether a kind is advice, which may be said in more words and summed up with others; what is a fact is left as it was said.</summary>
    public static bool IsAdvice(MemoryKind kind) => kind switch
    {
        MemoryKind.Insight or MemoryKind.Lesson or MemoryKind.Procedure => true,
        MemoryKind.Fact or MemoryKind.Step or MemoryKind.Event or MemoryKind.Episode or MemoryKind.Unspecified => false,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A new kind needs a decision here."),
    };

    /// <summary>Whether it is an insight that consolidation made, and not somebody's own words.</summary>
    public static bool IsMade(MemoryRecord memory) => memory.IsAbstracted();

    /// <summary>Whether every sentence of one stands in the other already.</summary>
    public static bool IsCovered(ImmutableArray<Sentence> covered, ImmutableArray<Sentence> by) =>
        !covered.IsEmpty && covered.All(sentence => by.Any(sentence.IsCoveredBy));

    /// <summary>Whether a sentence of one contradicts a sentence of the other.</summary>
    public static bool Contradict(ImmutableArray<Sentence> left, ImmutableArray<Sentence> right) =>
        left.Any(sentence => right.Any(sentence.Contradicts));

    /// <summary>
    /// Who stands for whom: what use has shown to be better, then what more have said, then who said it first. Less than 0 where
    /// <paramref name="left"/> goes first.
    /// </summary>
    public static int CompareStanding(MemoryRecord left, MemoryRecord right)
    {
        var order = right.Utility.Weight.CompareTo(left.Utility.Weight);
        order = order != 0 ? order : ConfirmationsOf(right).CompareTo(ConfirmationsOf(left));
        order = order != 0 ? order : right.Utility.Uses.CompareTo(left.Utility.Uses);
        order = order != 0 ? order : left.Times.CreatedAt.CompareTo(right.Times.CreatedAt);
        return order != 0 ? order : left.Seq.CompareTo(right.Seq);
    }

    private static long ConfirmationsOf(MemoryRecord memory) => memory.Utility.Confirmations + (memory.Standing?.Confirmations ?? 0);

    // "yesterday" of two days is two days.
    private static List<DayRange> DaysOf(MemoryRecord memory)
    {
        var day = DateOnly.FromDateTime((memory.Times.OccurredAt ?? memory.Times.CreatedAt).UtcDateTime).DayNumber;
        var reader = new TimeReader(memory.Text, day, stackalloc char[Tokenizer.TokenCharsMax]);
        var days = new List<DayRange>();
        while (reader.MoveNext())
        {
            days.Add(reader.Current);
        }

        return days;
    }
}
