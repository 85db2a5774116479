using MemoryCluster.Admission.Gate;
using MemoryCluster.Evaluation.Sets;
using MemoryCluster.Evaluation.Sharing;

namespace MemoryCluster.Evaluation.Admission;

/// <summary>The steps of logs as the gate sees them, each distinct step of a task once.</summary>
internal sealed class AdmissionSteps(TextVectors vectors, SharingTraining training, IReadOnlyDictionary<LoggedTask, int> guilty)
{
    /// <param name="known">Tasks whose record of what comes back the gate has; a task's own is left out.</param>
    public IReadOnlyList<AdmissionStep> Of(IEnumerable<LoggedTask> tasks, IReadOnlyList<LoggedTask> known) =>
        [.. tasks.SelectMany(task => Of(task, training.RecordOf(known.Where(other => other != task))))];

    private IEnumerable<AdmissionStep> Of(LoggedTask task, RecurrenceRecord record)
    {
        var everything = new SharingReplay(task, vectors, record, _ => new GateDecision(GateVerdict.Admit, 1, 1, false, 0)).Run();
        return from decision in everything.Decisions
               let step = task.Runs[decision.At.Team].Steps[decision.At.Round]
               let used = Usefulness.Of(task, step)
               select new AdmissionStep(
                   task, decision.Features, FailureSigns.In(step.Output), used.TakenUp, used.InRightRun, task.Runs.Any(run => run.Reward > 0),
                   guilty.TryGetValue(task, out var mistake) && mistake == decision.At.Round);
    }
}
