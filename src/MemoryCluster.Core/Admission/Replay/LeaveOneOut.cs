namespace MemoryCluster.Admission.Replay;

/// <summary>
/// What each of several memories added to a run: the evidence that all of them cover together, less what they cover without it. See ADR 16.
/// </summary>
internal static class LeaveOneOut
{
    /// <summary>Memories that it is worked out for: each costs a replay of the run.</summary>
    public const int MemoriesMax = 16;

    /// <summary>The parts, -1 to 1 and in order; null where the run put no question that one of the memories answers.</summary>
    /// <remarks>
    /// The mean over those questions of the share of what was found that the reader then knows; a question on which a memory leads astray counts
    /// -1. As <see cref="EvidenceReplay"/>, it has no chance and no clock.
    /// </remarks>
    public static ImmutableArray<double>? Of(ImmutableArray<ReplayedMemory> memories, ReplayContext context)
    {
        var questions = context.Questions
            .Select(question => Ask(question, memories, context))
            .Where(asked => asked.Answering.Count > 0)
            .ToArray();
        if (questions.Length == 0)
        {
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<double>(memories.Length);
        foreach (var memory in memories)
        {
            parts.Add(Math.Clamp(questions.Sum(asked => ValueOf(asked, null, context) - ValueOf(asked, memory, context)) / questions.Length, -1, 1));
        }

        return parts.MoveToImmutable();
    }

    private static Asked Ask(ReplayQuestion question, ImmutableArray<ReplayedMemory> memories, ReplayContext context)
    {
        var answering = memories.Where(memory => memory.Answers(question)).ToList();
        var astray = answering.Where(memory => EvidenceReplay.IsLedAstray(memory, question, question.Found.CoverageBy(memory.Text))).ToList();
        return new Asked(question, answering, astray);
    }

    private static double ValueOf(Asked asked, ReplayedMemory? without, ReplayContext context)
    {
        if (asked.Astray.Any(memory => memory != without))
        {
            return -1;
        }

        var found = asked.Question.Found.Claims;
        var known = found.Count(claim =>
            context.Given.Claims.Contains(claim) || asked.Answering.Any(memory => memory != without && memory.Text.Claims.Contains(claim)));
        return found.Count == 0 ? 0 : (double)known / found.Count;
    }

    private sealed record Asked(ReplayQuestion Question, List<ReplayedMemory> Answering, List<ReplayedMemory> Astray);
}
