using System.Globalization;
using MemoryCluster.Records;

namespace MemoryCluster.Admission.Replay;

/// <summary>
/// The built-in replayer: reads a run's own record instead of calling a model. Without the memory the reader knows what the run was given;
/// with it, the memory too. The reward is the share of what the run found out that the reader then knows, over the questions that the memory
/// is the answer to; a memory that contradicts what was found leads the reader astray.
/// </summary>
/// <remarks>It has no chance and no clock: the same record and the same text give the same pair, bit for bit.</remarks>
internal static class EvidenceReplay
{
    public const string Name = ReplayerNames.Evidence;

    // Where the very same call was answered otherwise, what is remembered of it is out of date, whatever its words.
    private const double SameAnswerShare = 2.0 / 3;

    /// <summary>The pair, or null where the run put no question that the memory is the answer to.</summary>
    public static ReplayPair? Replay(ReplayedMemory memory, ReplayContext context, bool isOwn, ReplayTerms terms, DateTimeOffset at)
    {
        var (without, with, misled, asked) = (0.0, 0.0, false, 0);
        foreach (var question in context.Questions.Where(memory.Answers))
        {
            asked++;
            var known = question.Found.CoverageBy(context.Given);
            var told = question.Found.CoverageBy(memory.Text);
            without += known;
            if (IsLedAstray(memory, question, told) || (isOwn && SaysMore(memory, question, context)))
            {
                misled = true;
            }
            else
            {
                with += Math.Max(known, told);
            }
        }

        if (asked == 0)
        {
            return null;
        }

        var (a, b) = (
            new ReplayScore(without / asked, context.Tokens, null), new ReplayScore(with / asked, context.Tokens + memory.Tokens, null));
        var difference = PairedTest.Difference(a, b, misled, terms);
        return new ReplayPair
        {
            Run = context.Run.Id, IsOwn = isOwn, Without = a, With = b, Misled = misled, Difference = difference, At = at,
            Fingerprint = Hash128.Of(
                Name, context.Run.ContextHash.ToString("N"), context.Run.OutputHash.ToString("N"), memory.TextHash.ToString("N"),
                BitsOf(a.Reward), BitsOf(b.Reward), BitsOf(difference)),
        };
    }

    /// <summary>Whether a memory that answers a question says otherwise than what was found.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="question">The question.</param>
    /// <param name="told">The share of what was found that it says.</param>
    public static bool IsLedAstray(ReplayedMemory memory, ReplayQuestion question, double told) =>
        memory.Answer.IsContradictedBy(question.Found) || (memory.HasSignature && told < SameAnswerShare && question.Found.Claims.Count > 0);

    // Of its own run it may leave out what it likes, and add nothing.
    private static bool SaysMore(ReplayedMemory memory, ReplayQuestion question, ReplayContext context) =>
        memory.HasSignature && memory.Answer.Claims.Any(claim => !question.Found.Claims.Contains(claim) && !context.Given.Claims.Contains(claim));

    private static string BitsOf(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x", CultureInfo.InvariantCulture);
}
