using MemoryCluster.Admission.Gate;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Controller;

/// <summary>
/// Teaches the gate what became of its decisions: some runs at a time, in their order, each once. Every fourth task teaches nothing: on its
/// runs a policy is weighed before it is put in force, for what a policy was taught on speaks well of it whatever it is worth.
/// </summary>
internal sealed class GateLearning(ControllerState state)
{
    // Fewer runs would move the weights by what one task happened to be; more would make one append of minutes of work.
    private const int RunsMin = 16;
    private const int RunsMax = 256;

    // One task of so many is kept for weighing.
    private const int WeighedShare = 4;

    private static readonly GateTrainerOptions Options = new();

    /// <summary>The runs that are learned from next, oldest first; empty while there are too few.</summary>
    public ImmutableArray<RunRecord> Next()
    {
        ImmutableArray<RunRecord> runs = [.. state.RunsAfter(state.LearnedTo).Take(RunsMax)];
        return runs.Length >= RunsMin ? runs : [];
    }

    /// <summary>The latest runs that a new policy is weighed on, oldest first.</summary>
    public ImmutableArray<RunRecord> Weighed() => [.. state.LatestRuns.Where(run => IsWeighed(ControllerState.TaskOf(run.Run))).Take(RunsMax).Reverse()];

    /// <summary>Whether a task is kept for weighing.</summary>
    public static bool IsWeighed(Guid task)
    {
        Span<byte> bytes = stackalloc byte[16];
        task.TryWriteBytes(bytes);
        return bytes[0] % WeighedShare == 0;
    }

    /// <param name="runs">What <see cref="Next"/> gave.</param>
    /// <param name="uses">How often the memories that came of them were used.</param>
    /// <param name="batch">What is being written.</param>
    public Step<bool> Learn(ImmutableArray<RunRecord> runs, IReadOnlyDictionary<MemoryId, long> uses, PendingBatch batch)
    {
        if (!batch.IsEmpty)
        {
            return new Step<bool>.Wait();
        }

        // Erased meanwhile, or learned from: the next round takes what is there then.
        if (runs.IsEmpty || string.CompareOrdinal(runs[0].Id.Value, state.LearnedTo) <= 0 || runs.Any(run => state.Find(run.Id) is null))
        {
            return new Step<bool>.Answer(false);
        }

        var trainer = new GateTrainer(state.Training, Options);
        Array.ForEach(GroupsOf(runs.Where(run => !IsWeighed(ControllerState.TaskOf(run.Run))), uses), trainer.Learn);
        var log = new OffPolicy(GroupsOf(Weighed(), uses), Options);
        var (history, _) = state.Gate.Offer(trainer.Publish(state.Gate.Active, state.Gate.NextVersion), log);
        var training = trainer.State;
        var learnedTo = runs[^1].Id.Value;
        var stored = new StoredGate(GateJson.Write(history), GateJson.Write(training), learnedTo);
        return new Step<bool>.Write(
            [ControllerEngine.Mutation(batch, new StoredControllerRecord { Gate = stored })], () => state.Take(history, training, learnedTo), true);
    }

    private GateRun[][] GroupsOf(IEnumerable<RunRecord> runs, IReadOnlyDictionary<MemoryId, long> uses) =>
        [.. runs.GroupBy(run => ControllerState.TaskOf(run.Run)).Select(group => group.Select(run => LogOf(run, uses)).ToArray())];

    private GateRun LogOf(RunRecord run, IReadOnlyDictionary<MemoryId, long> uses) =>
        new(run.Run.Outcome.Reward, [.. state.Of(run.Id).Where(candidate => !candidate.Decision.Features.IsEmpty).Select(candidate => StepOf(candidate, run, uses))]);

    private GateStep StepOf(StoredCandidate candidate, RunRecord run, IReadOnlyDictionary<MemoryId, long> uses)
    {
        var decision = candidate.Decision;
        var (repeats, contradictions) = state.SeenAgain(run, decision.Step);
        return new GateStep
        {
            Features = [.. decision.Features.Select(feature => (float)feature.Value)],
            Verdict = decision.GateSaid switch
            {
                Decision.Admitted => GateVerdict.Admit,
                Decision.Candidate => GateVerdict.Candidate,
                _ => GateVerdict.Drop,
            },
            Propensity = decision.Propensity,
            Uses = (int)Math.Min(int.MaxValue, decision.Memory is { } memory ? uses.GetValueOrDefault(memory) : 0) + decision.Replays.Count(IsUse),
            Contradictions = contradictions,
            Repeats = repeats,
            ReplayEffect = decision.Effect.Pairs > 0 ? decision.Effect.Mean : null,
        };
    }

    private static bool IsUse(ReplayPair pair) => pair is { IsOwn: false, Difference: > 0 };
}
