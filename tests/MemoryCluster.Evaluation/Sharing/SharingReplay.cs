using System.Numerics.Tensors;
using MemoryCluster.Admission.Gate;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Sharing;

/// <summary>
/// Replays the logs of a task's runs step by step, a round robin over the runs. A step is saved when the bank holds the same action of
/// another run with the same observation, harmed when with another; what is not saved is offered to the gate. Equal memories are one.
/// </summary>
/// <param name="isRevised">Whether a memory supersedes an earlier one that it contradicts. The paper's bank knows no revision.</param>
internal sealed class SharingReplay(LoggedTask task, TextVectors vectors, RecurrenceRecord record, Func<float[], GateDecision> decide, bool isRevised = true)
{
    private readonly Dictionary<Guid, List<SeenStep>> _seen = [];
    private readonly List<SharingDecision> _decisions = [];
    private readonly List<SeenStep>[] _paths = [.. task.Runs.Select(_ => new List<SeenStep>())];
    private readonly List<(float[] Vector, string Tool)> _bank = [];
    private int _saved;
    private int _harmed;

    public SharingOutcome Run()
    {
        var rounds = task.Runs.Max(run => run.Steps.Count);
        for (var round = 0; round < rounds; round++)
        {
            for (var team = 0; team < task.Runs.Count; team++)
            {
                if (round < task.Runs[team].Steps.Count)
                {
                    Take(team, round);
                }
            }
        }

        return new SharingOutcome(task.Runs.Sum(run => run.Steps.Count), _saved, _harmed, _bank.Count, _decisions);
    }

    private void Take(int team, int round)
    {
        var step = task.Runs[team].Steps[round];
        var key = ActionKey.Of(step.Tool, step.Input);
        if (!_seen.TryGetValue(key, out var known))
        {
            _seen[key] = known = [];
        }

        var isSaved = IsServed(known, team, step);
        var seen = known.Find(other => other.Output == step.Output);
        if (!isSaved && seen is not { IsKept: true })
        {
            var kinds = StepKinds.Of(step.Tool, step.Input, FailureSigns.In(step.Output));
            var decision = Decide(team, round, kinds, known);
            if (seen is null)
            {
                seen = new SeenStep(step.Output, kinds, team);
                NoteFirst(seen, known, team);
            }
            else
            {
                NoteAgain(seen, team);
            }

            seen.Decisions.Add(decision);
            if (decision.IsKept)
            {
                seen.IsKept = true;
                _bank.Add((vectors.Of(step.Output), step.Tool));
            }
        }
        else
        {
            NoteAgain(seen!, team);
        }

        _paths[team].Add(seen!);
    }

    // A run is not served what it contributed. Where observations of an action differ, the latest supersedes, or the first stands for ever.
    private bool IsServed(List<SeenStep> known, int team, LoggedStep step)
    {
        var others = known.Where(memory => memory.IsKept && memory.Owner != team);
        var served = isRevised ? others.LastOrDefault() : others.FirstOrDefault();
        if (served is null)
        {
            return false;
        }

        var agrees = served.Output == step.Output;
        if (agrees)
        {
            _saved++;
            served.Decisions[^1].Uses++;
            return true;
        }

        _harmed++;
        served.Decisions[^1].Contradictions++;
        return false;
    }

    private void NoteFirst(SeenStep seen, List<SeenStep> known, int team)
    {
        record.NoteFirst(seen.Kinds);
        foreach (var other in known.Where(other => other.Owner != team))
        {
            record.NoteContradicted(other.Kinds);
        }

        known.Add(seen);
    }

    private void NoteAgain(SeenStep seen, int team)
    {
        foreach (var earlier in seen.Decisions.Where(_ => seen.Owner != team))
        {
            earlier.Repeats++;
        }

        if (seen.TakenBy(team))
        {
            record.NoteAgain(seen.Kinds, isFirstReturn: seen.Teams == 2);
        }
    }

    private SharingDecision Decide(int team, int round, StepKinds kinds, List<SeenStep> known)
    {
        var (run, step) = (task.Runs[team], task.Runs[team].Steps[round]);
        var output = vectors.Of(step.Output);
        var nearest = Nearest(output);
        var features = GateFeatures.Of(new GateInput
        {
            Task = run.Task, Input = step.Input, Summary = step.Thought, Output = step.Output, Tool = step.Tool, Step = round,
            TaskVector = vectors.Of(run.Task), InputVector = vectors.Of(step.Input), OutputVector = output,
            Bank = new BankView
            {
                Size = _bank.Count, NearestSimilarity = nearest.Similarity, NearestSameTool = nearest.Tool == step.Tool,
                Contradicts = known.Exists(memory => memory.IsKept && memory.Output != step.Output),
            },
            Recurrence = record.ViewOf(kinds) with
            {
                ActionRuns = Enumerable.Range(0, task.Runs.Count).Count(other => other != team && known.Exists(memory => memory.IsTakenBy(other))),
                ActionContradicted = known.Exists(memory => memory.Output != step.Output),
                OthersActive = Enumerable.Range(0, task.Runs.Count).Count(other => other != team && IsActive(other, team, round)),
                RunSteps = round,
                RunFailures = _paths[team].Count(path => FailureSigns.In(path.Output)),
                RunRepeated = known.Exists(memory => memory.IsTakenBy(team)),
                RunShared = _paths[team].Count(path => path.Teams > 1),
            },
        });
        var decision = new SharingDecision(features, decide(features), step.Tool, team, round);
        _decisions.Add(decision);
        return decision;
    }

    // A run that took its turn in the last round counts as going on: nobody knows yet that it was its last step.
    private bool IsActive(int other, int team, int round) => task.Runs[other].Steps.Count >= (other < team ? round + 1 : round);

    private (double Similarity, string Tool) Nearest(float[] vector)
    {
        var best = (Similarity: 0.0, Tool: "");
        foreach (var (other, tool) in _bank.Where(memory => memory.Vector.Length == vector.Length && vector.Length > 0))
        {
            var similarity = TensorPrimitives.Dot<float>(other, vector);
            best = similarity > best.Similarity ? (similarity, tool) : best;
        }

        return best;
    }
}
