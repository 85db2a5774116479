using MemoryCluster.Admission.Gate;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Sharing;

/// <summary>Trains a gate on the logs of some tasks as the paper does: several sampled replays of a task make a group.</summary>
internal sealed class SharingTraining
{
    // The paper's: five replays a task and epoch, five epochs.
    private const int Replays = 5;
    private const int Epochs = 5;
    private const double Exploration = 0.3;

    // A team that begins knows nothing of what comes back: every so many groups are decided without the other tasks' record.
    private const int ColdEvery = 10;

    private readonly TextVectors _vectors;
    private readonly Dictionary<LoggedTask, RecurrenceRecord> _records;

    public SharingTraining(TextVectors vectors, IEnumerable<LoggedTask> tasks)
    {
        _vectors = vectors;
        _records = tasks.ToDictionary(task => task, RecordOf);
    }

    public GatePolicy Train(IReadOnlyList<LoggedTask> tasks, int seed)
    {
        var random = new Random(seed);
        // While it learns, its policy is the gradient's own: it keeps what it leans to keep.
        var policy = GatePolicies.Initial with
        {
            Weights = [.. new double[GateFeatures.Count]], CalibrationSlope = 1, CalibrationOffset = 0, Exploration = Exploration,
            AdmitProbability = 0.5, CandidateProbability = 0.5,
        };
        var trainer = new GateTrainer(GateTrainerState.Of(policy), new GateTrainerOptions());
        foreach (var (group, task) in Enumerable.Range(0, Epochs).SelectMany(_ => Shuffled(tasks, random)).Index())
        {
            var others = group % ColdEvery == 0 ? [] : tasks.Where(other => other != task);
            policy = policy with { Weights = trainer.State.Weights };
            trainer.Learn([.. Enumerable.Range(0, Replays).Select(_ => Replay(task, RecordOf(others), policy, random))]);
        }

        return trainer.Publish(GatePolicies.Initial, GatePolicies.Initial.Version + 1) with { Exploration = 0 };
    }

    /// <summary>What the runs of tasks add to the recurrence record together. One's own task must not be among them: its future would be.</summary>
    public RecurrenceRecord RecordOf(IEnumerable<LoggedTask> tasks)
    {
        var record = new RecurrenceRecord();
        foreach (var task in tasks)
        {
            record.Merge(_records[task].Kinds);
        }

        return record;
    }

    private static LoggedTask[] Shuffled(IReadOnlyList<LoggedTask> tasks, Random random)
    {
        LoggedTask[] order = [.. tasks];
        random.Shuffle(order);
        return order;
    }

    // All steps count in it, kept or not, so it does not hang on who decides.
    private RecurrenceRecord RecordOf(LoggedTask task)
    {
        var record = new RecurrenceRecord();
        _ = new SharingReplay(task, _vectors, record, _ => default).Run();
        return record;
    }

    private GateRun Replay(LoggedTask task, RecurrenceRecord record, GatePolicy policy, Random random)
    {
        var outcome = new SharingReplay(task, _vectors, record, features => LearnedGate.Decide(policy, features, random.NextDouble())).Run();
        // What the runs earned is the same in every replay of a log; how soon they would have ended is not (the paper's R_first).
        var earned = task.Runs.Average(run => run.Reward) + ((double)(outcome.Saved - outcome.Harmed) / outcome.Steps);
        return new GateRun(Math.Max(0, earned), [.. outcome.Decisions.Select(decision => decision.ToStep())]);
    }
}
