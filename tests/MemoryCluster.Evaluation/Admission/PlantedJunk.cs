using System.Collections.Immutable;
using MemoryCluster.Admission.Replay;
using MemoryCluster.Admission.Runs;
using MemoryCluster.Evaluation.Sets;
using MemoryCluster.Evaluation.Sharing;

namespace MemoryCluster.Evaluation.Admission;

/// <summary>
/// True findings of logs, and the same with a number, an entity or a negation altered: what the gate admits of them, and what is left of it after
/// replays on the run that they were taken from and on the other runs of the task.
/// </summary>
internal sealed class PlantedJunk(IReadOnlyDictionary<LoggedTask, SharingFold> folds)
{
    private static readonly ReplayTerms Terms = new TeamPolicy().ReplayTerms;

    public void Print(IReadOnlyList<LoggedTask> tasks)
    {
        Console.WriteLine("\n| | findings | gate admits | and no replay hurts | … where the run tells it too |\n|---|---|---|---|---|");
        foreach (var set in tasks.GroupBy(task => task.Set))
        {
            Row($"{set.Key}: true", set.SelectMany(task => Tried(task, text => text)));
            foreach (var (name, alter) in Alteration.All)
            {
                Row($"{set.Key}: {name} altered", set.SelectMany(task => Tried(task, alter)));
            }
        }
    }

    private static void Row(string name, IEnumerable<(bool Gate, bool Replay, bool Poisoned)> tried)
    {
        var all = tried.ToArray();
        Console.WriteLine($"| {name} | {all.Length} | {all.Count(one => one.Gate)} | {all.Count(one => one.Gate && one.Replay)} | {all.Count(one => one.Gate && one.Poisoned)} |");
    }

    private IEnumerable<(bool Gate, bool Replay, bool Poisoned)> Tried(LoggedTask task, Func<string, string?> alter)
    {
        var fold = folds[task];
        var records = task.Runs.Index().Select(run => RecordOf(run.Item, run.Index)).ToArray();
        var contexts = Array.ConvertAll(records, ReplayContext.Of);
        foreach (var (team, round) in fold.Everything(task, isRevised: false).Decisions.Select(decision => decision.At))
        {
            if (FindingAt(records[team].Run, round) is null || alter(task.Runs[team].Steps[round].Output) is not { } output)
            {
                continue;
            }

            var altered = With(task, team, round, output);
            var record = RecordOf(altered.Runs[team], team);
            if (FindingAt(record.Run, round) is not { } candidate)
            {
                continue;
            }

            var others = contexts.Where((_, index) => index != team).ToArray();
            yield return (
                fold.Admitted(altered).Contains((team, round)),
                IsUnhurt(candidate, contexts[team], others),
                IsUnhurt(candidate, ReplayContext.Of(record), others));
        }
    }

    private static Candidate? FindingAt(RunDraft run, int round) =>
        CandidateExtraction.Of(run).FirstOrDefault(found => found.Step == round && found.Kind == MemoryKind.Step);

    private static bool IsUnhurt(Candidate candidate, ReplayContext own, ReplayContext[] others)
    {
        var memory = new ReplayedMemory(candidate);
        ImmutableArray<ReplayPair> pairs =
        [
            .. others.Select(context => EvidenceReplay.Replay(memory, context, isOwn: false, Terms, default))
                .Prepend(EvidenceReplay.Replay(memory, own, isOwn: true, Terms, default))
                .OfType<ReplayPair>(),
        ];
        return PairedTest.Judge(pairs, PairedTest.EstimateOf(pairs, Terms), Terms) != ReplayVerdict.Hurts;
    }

    private static LoggedTask With(LoggedTask task, int team, int round, string output) => task with
    {
        Runs =
        [
            .. task.Runs.Select((run, index) => index != team ? run : run with
            {
                Steps = [.. run.Steps.Select((step, at) => at == round ? step with { Output = output } : step)],
            }),
        ],
    };

    private static RunRecord RecordOf(LoggedRun run, int team)
    {
        var agent = new AgentId($"agent{team}");
        return new RunRecord
        {
            Id = new RunId($"run{team}"), Team = new TeamId("logs"), At = default, ContextHash = default, OutputHash = default,
            Run = new RunDraft
            {
                Agent = agent, Task = run.Task, Input = "", WrittenBy = default, Outcome = new RunOutcome { Reward = run.Reward },
                Steps =
                [
                    .. run.Steps.Select(step => new RunStep
                    {
                        Agent = agent, Tool = step.Tool, Input = step.Input, Output = step.Output, Summary = step.Thought.Length > 0 ? step.Thought : step.Tool,
                    }),
                ],
            },
        };
    }
}
