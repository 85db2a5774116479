using MemoryCluster.Admission.Gate;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Sharing;

/// <summary>A policy, what it was taught, and replays of tasks that it was not taught.</summary>
internal sealed class SharingFold(TextVectors vectors, SharingTraining training, IReadOnlyList<LoggedTask> known, GatePolicy policy)
{
    // What is only a candidate waits for a replay and is not shared: the bank holds what is admitted.
    private readonly GatePolicy _sharing = policy with { CandidateProbability = policy.AdmitProbability };

    public GatePolicy Policy => _sharing;

    /// <summary>The policy as a team would have it, with its candidates.</summary>
    public GatePolicy Gate => policy;

    public SharingOutcome Everything(LoggedTask task, bool isRevised) =>
        Replay(task, features => LearnedGate.Decide(_sharing with { AdmitProbability = 0 }, features, 0.5), isRevised);

    public SharingOutcome Learned(LoggedTask task) => Replay(task, features => LearnedGate.Decide(_sharing, features, 0.5));

    /// <summary>What the gate says of every step when all of them are kept, whatever it says.</summary>
    public IReadOnlyList<(int Team, int Round)> Admitted(LoggedTask task)
    {
        var admitted = new List<bool>();
        var everything = Replay(task, features =>
        {
            admitted.Add(LearnedGate.Decide(_sharing, features, 0.5).Verdict == GateVerdict.Admit);
            return LearnedGate.Decide(_sharing with { AdmitProbability = 0 }, features, 0.5);
        });
        return [.. everything.Decisions.Zip(admitted).Where(decided => decided.Second).Select(decided => decided.First.At)];
    }

    /// <summary>The same policy for a team that has seen no other task.</summary>
    public SharingOutcome Cold(LoggedTask task) =>
        new SharingReplay(task, vectors, new RecurrenceRecord(), features => LearnedGate.Decide(_sharing, features, 0.5)).Run();

    public SharingOutcome Chance(LoggedTask task, double rate, Random random) =>
        Replay(task, _ => new GateDecision(random.NextDouble() < rate ? GateVerdict.Admit : GateVerdict.Drop, rate, 1, true, 0));

    /// <summary>Admits everything, but lets chance decide now and then.</summary>
    public SharingOutcome Exploring(LoggedTask task, double exploration, Random random) =>
        Replay(task, features => LearnedGate.Decide(_sharing with { AdmitProbability = 0, Exploration = exploration }, features, random.NextDouble()));

    private SharingOutcome Replay(LoggedTask task, Func<float[], GateDecision> decide, bool isRevised = true) =>
        new SharingReplay(task, vectors, training.RecordOf(known), decide, isRevised).Run();
}
