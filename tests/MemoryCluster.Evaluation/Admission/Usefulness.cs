using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Admission;

/// <summary>Whether what a step brought was used: a later thought, call or answer of a run takes up a word that nobody there had said before.</summary>
internal static class Usefulness
{
    /// <summary>Whether any run of the task that took this step with this observation used it, and whether one did that ended right.</summary>
    public static (bool TakenUp, bool InRightRun) Of(LoggedTask task, LoggedStep step)
    {
        var used = task.Runs.Where(run => run.Steps.Index().Any(at => IsSame(at.Item, step) && IsTakenUp(run, at.Index))).ToArray();
        return (used.Length > 0, used.Any(run => run.Reward > 0));
    }

    private static bool IsSame(LoggedStep one, LoggedStep other) => one.Tool == other.Tool && one.Input == other.Input && one.Output == other.Output;

    private static bool IsTakenUp(LoggedRun run, int at)
    {
        var brought = WordsOf.Text(run.Steps[at].Output);
        brought.ExceptWith(WordsOf.Text(run.Task));
        brought.ExceptWith(WordsOf.Step(run.Steps[at]));
        foreach (var earlier in run.Steps.Take(at))
        {
            brought.ExceptWith(WordsOf.Step(earlier));
            brought.ExceptWith(WordsOf.Text(earlier.Output));
        }

        return brought.Overlaps(WordsOf.Text(run.Answer)) || run.Steps.Skip(at + 1).Any(later => brought.Overlaps(WordsOf.Step(later)));
    }
}
