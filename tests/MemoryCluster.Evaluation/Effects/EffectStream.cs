using System.Collections.Immutable;
using MemoryCluster.Admission.Gate;
using MemoryCluster.Admission.Replay;
using MemoryCluster.Admission.Runs;
using MemoryCluster.Controller;
using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Lift;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Effects;

/// <summary>Reports runs to the product, then puts what stands admitted to runs that were not reported.</summary>
internal sealed class EffectStream(StaticEmbedder embedder, IReadOnlyDictionary<LoggedTask, GatePolicy> gates)
{
    private static readonly ReplayTerms Terms = new TeamPolicy().ReplayTerms;

    /// <summary>The effects of what is admitted on tasks that the gate was not taught.</summary>
    public async Task<IReadOnlyList<MeasuredEffect>> MeasureAsync(IReadOnlyList<StreamRun> reported, IReadOnlyList<StreamRun> heldOut, TeamPolicy policy)
    {
        var later = heldOut.Select(run => ReplayContext.Of(RecordOf(run.Run))).ToArray();
        var asked = new Dictionary<Guid, List<ReplayContext>>();
        foreach (var context in later)
        {
            foreach (var question in ControllerState.QuestionsOf(context.Run.Run))
            {
                (asked.TryGetValue(question, out var known) ? known : asked[question] = []).Add(context);
            }
        }

        var effects = new List<MeasuredEffect>();
        await ForEachGateAsync(reported, policy, (standing, source) =>
        {
            foreach (var (decision, candidate) in standing.Where(stands => stands.Decision.Decision == Decision.Admitted))
            {
                var memory = new ReplayedMemory(candidate);
                var question = ControllerState.QuestionOf(candidate, source[decision.Run].Run);
                ImmutableArray<ReplayPair> pairs =
                [
                    .. asked.GetValueOrDefault(question, []).Select(context => EvidenceReplay.Replay(memory, context, isOwn: false, Terms, default)).OfType<ReplayPair>(),
                ];
                effects.Add(new MeasuredEffect(source[decision.Run].Task, pairs));
            }
        });
        return effects;
    }

    /// <summary>How what was planted stands in the end: by decision, how often.</summary>
    public async Task<IReadOnlyDictionary<Decision, int>> PlantAsync(IReadOnlyList<StreamRun> reported, IReadOnlySet<string> planted, TeamPolicy policy)
    {
        var counts = new Dictionary<Decision, int>();
        await ForEachGateAsync(reported, policy, (standing, _) =>
        {
            foreach (var (decision, _) in standing.Where(stands => planted.Contains(stands.Candidate.Text)))
            {
                counts[decision.Decision] = counts.GetValueOrDefault(decision.Decision) + 1;
            }
        });
        return counts;
    }

    // A stream with all runs for each gate; of it counts what was learned on tasks that the gate was not taught.
    private async Task ForEachGateAsync(
        IReadOnlyList<StreamRun> reported, TeamPolicy policy,
        Action<IReadOnlyList<(CandidateDecision Decision, Candidate Candidate)>, IReadOnlyDictionary<RunId, StreamRun>> see)
    {
        foreach (var group in reported.GroupBy(run => gates.GetValueOrDefault(run.Task, GatePolicies.Initial)))
        {
            await using var memory = await ProductMemory.StartAsync(embedder, group.Key, policy, []);
            var source = new Dictionary<RunId, StreamRun>();
            foreach (var run in reported)
            {
                source[(await memory.SubmitAsync(run.Run)).Run.Id] = run;
            }

            var tasks = group.Select(run => run.Task).ToHashSet();
            see([.. (await memory.StandingAsync()).Where(stands => tasks.Contains(source[stands.Decision.Run].Task))], source);
        }
    }

    private static RunRecord RecordOf(RunDraft run) => new()
    {
        Id = new RunId("later"), Team = new TeamId("logs"), At = default, Run = run, ContextHash = default, OutputHash = default,
    };
}
