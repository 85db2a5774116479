using System.Collections.Frozen;
using MemoryCluster.Index.Lexical;

namespace MemoryCluster.Consolidation;

/// <summary>
/// When one fact ends another: they say different things of one matter that has one value at a time, and their valid times overlap (TOKI,
/// arXiv 2606.06240). Only a fact that says since when it is true ends another: two flights may leave at 8 and at 9.
/// </summary>
internal static class ContradictionRules
{
    // A value of more words is a clause, and two clauses may both be true.
    private const int ValueWordsMax = 5;

    // What follows the value in both: "… on platform 4", "… as of today".
    private const int TailWordsMax = 3;

    // What has one value at a time where the value is a number, a day or a time.
    private static readonly FrozenSet<string> Measuring = Set(
        "is are was were be costs cost leaves leave departs depart arrives arrive starts start begins begin ends end opens open closes close lasts last"
        + " takes take weighs weigh expires expire equals has counts rotates runs pays earns owes");

    // What has one value at a time whatever the value is, by the verb and its preposition.
    private static readonly FrozenSet<string> Placing = Set(
        "lives_in lives_at live_in works_at works_for works_in work_at work_for moved_to based_in located_in located_at owned_by led_by managed_by named called"
        + " reports_to married_to assigned_to belongs_to stored_in hosted_on hosted_at deployed_to runs_on leads heads chairs owns employs");

    private static readonly FrozenSet<string> Copulas = Set("is are was were");

    private static readonly FrozenSet<string> Negations = Set("not never no cannot don't doesn't didn't isn't aren't wasn't won't can't");

    private static readonly FrozenSet<string> Helpers = Set("do does did is are was were will can has have had be been");

    /// <summary>Whether nothing but what they say keeps one from ending the other.</summary>
    public static bool MayContradict(MemoryRecord left, MemoryRecord right) =>
        left.Id != right.Id
        && left.Kind == MemoryKind.Fact && right.Kind == MemoryKind.Fact
        && left.State == right.State
        && left.Visibility == right.Visibility
        && left.Provenance.User == right.Provenance.User
        && PairRules.TakesPart(left) && PairRules.TakesPart(right)
        && (Ends(left.Times, right.Times) || Ends(right.Times, left.Times));

    /// <summary>Whether a fact ends another: it began to be true later, while the other was still said to be.</summary>
    public static bool Ends(MemoryRecord later, MemoryRecord earlier) =>
        MayContradict(later, earlier) && Ends(later.Times, earlier.Times) && Contradict(WordsOf(later.Text), WordsOf(earlier.Text));

    private static bool Ends(MemoryTimes later, MemoryTimes earlier) =>
        later.ValidFrom is { } from
        && (earlier.ValidFrom ?? earlier.OccurredAt ?? earlier.CreatedAt) < from
        && (earlier.ValidTo is not { } to || to > from);

    private static bool Contradict(List<string> left, List<string> right)
    {
        var (head, tail) = (0, 0);
        var most = Math.Min(left.Count, right.Count);
        while (head < most && AreOne(left[head], right[head]))
        {
            head++;
        }

        while (tail < most - head && AreOne(left[^(tail + 1)], right[^(tail + 1)]))
        {
            tail++;
        }

        var (one, other) = (left[head..^tail], right[head..^tail]);
        return head > 0 && (IsDenial(one, other) || IsDenial(other, one) || IsOtherValue(left[..head], one, other, tail));
    }

    // "does not support" and "supports": the ending moves to the helper.
    private static bool AreOne(string left, string right) =>
        left == right || (Math.Abs(left.Length - right.Length) == 1 && (left == $"{right}s" || right == $"{left}s") && !char.IsDigit(left[0]));

    // "the API supports paging" and "the API does not support paging"
    private static bool IsDenial(List<string> one, List<string> other) =>
        one.All(Helpers.Contains) && other.Any(Negations.Contains) && other.All(word => Negations.Contains(word) || Helpers.Contains(word));

    private static bool IsOtherValue(List<string> head, List<string> one, List<string> other, int tail) =>
        one.Count is > 0 and <= ValueWordsMax && other.Count is > 0 and <= ValueWordsMax && tail <= TailWordsMax
        && head.Exists(word => !StopWords.Contains(word) && !Measuring.Contains(word))
        && !one.Concat(other).Any(Negations.Contains)
        && ((IsMeasured(one) && IsMeasured(other) && head.Skip(1).Any(Measuring.Contains)) || AsksForOneValue(head));

    private static bool IsMeasured(List<string> value) =>
        value.Count > 0 && TextFeatures.NumbersAndNegations(string.Join(' ', value)) != 0;

    // "Ann's favourite colour is", "the owner of the parser is", "Ann lives in"
    private static bool AsksForOneValue(List<string> head)
    {
        var last = head.Count - 1;
        while (last > 0 && head[last] is "a" or "an" or "the")
        {
            last--;
        }

        return last > 0
            && (Placing.Contains(head[last])
                || Placing.Contains($"{head[last - 1]}_{head[last]}")
                || (Copulas.Contains(head[last]) && head.Take(last).Any(word => word is "of" or "my" or "our" or "your" or "his" or "her" or "their"
                    || word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("’s", StringComparison.Ordinal))));
    }

    private static List<string> WordsOf(string text) =>
    [
        .. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('.', ',', ';', '!', '"', '(', ')').ToLowerInvariant())
            .Where(word => word.Length > 0),
    ];

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
