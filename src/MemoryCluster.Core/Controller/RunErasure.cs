using MemoryCluster.Shards;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Controller;

/// <summary>Takes runs away, whole or the texts of single steps: what was deleted must not stand in the record that it came from.</summary>
internal sealed class RunErasure(ControllerState state)
{
    /// <summary>Runs that match and that the caller may see, oldest first.</summary>
    public IEnumerable<RunRecord> Matching(ForgetCommand command, Func<RunRecord, bool> maySee) =>
        state.Runs.Where(run => Matches(command, run) && maySee(run)).OrderBy(run => run.Id.Value, StringComparer.Ordinal);

    public Step<int> Forget(ForgetCommand command, Func<RunRecord, bool> maySee, PendingBatch batch)
    {
        // What is not applied yet cannot be matched.
        if (!batch.IsEmpty)
        {
            return new Step<int>.Wait();
        }

        var runs = Matching(command, maySee).ToArray();
        if (runs.Length == 0)
        {
            return new Step<int>.Answer(0);
        }

        var decisions = runs.SelectMany(run => state.Of(run.Id)).Select(candidate => candidate.Decision.Id).ToArray();
        var keys = runs.Select(run => StoredControllerRecord.KeyOf(run.Id)).Concat(decisions);
        var mutation = new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = [.. keys.Select(key => RecordWrite.Erase(new RecordKey(key)))] };
        return new Step<int>.Write([mutation], () => Remove(runs, decisions), runs.Length);
    }

    public Step<bool> EraseSources(ImmutableArray<MemoryId> deleted, PendingBatch batch)
    {
        if (!batch.IsEmpty)
        {
            return new Step<bool>.Wait();
        }

        var candidates = deleted.SelectMany(state.Of).Where(candidate => candidate.Content is not null).ToArray();
        if (candidates.Length == 0)
        {
            return new Step<bool>.Answer(false);
        }

        var erased = candidates.Select(candidate => candidate with { Content = null, Question = null, Done = candidate.Revision }).ToArray();
        var runs = candidates.GroupBy(candidate => candidate.Decision.Run)
            .Select(group => (Run: state.Find(group.Key), Steps: group.Where(IsOfItsStep).Select(candidate => candidate.Decision.Step).ToHashSet()))
            .Where(pair => pair.Run is not null && pair.Steps.Count > 0)
            .Select(pair => WithoutSteps(pair.Run!, pair.Steps))
            .ToArray();
        StoredControllerRecord[] records =
        [
            .. erased.Select(candidate => new StoredControllerRecord { Candidate = candidate }), .. runs.Select(run => new StoredControllerRecord { Run = run }),
        ];
        return new Step<bool>.Write([ControllerEngine.Mutation(batch, records)], () => Put(erased, runs), true);
    }

    // A lesson or an insight is made of several steps, none of which says what it says.
    private static bool IsOfItsStep(StoredCandidate candidate) => candidate.Decision.Kind == MemoryKind.Step;

    private void Put(StoredCandidate[] candidates, RunRecord[] runs)
    {
        Array.ForEach(runs, state.Put);
        Array.ForEach(candidates, state.Put);
    }

    private void Remove(RunRecord[] runs, Guid[] decisions)
    {
        Array.ForEach(decisions, state.Remove);
        Array.ForEach(runs, run => state.Remove(run.Id));
    }

    private static RunRecord WithoutSteps(RunRecord run, HashSet<int> steps) => run with
    {
        Run = run.Run with
        {
            Steps = [.. run.Run.Steps.Select((step, i) => steps.Contains(i) ? step with { Summary = "", Input = null, Output = "", Erased = true } : step)],
        },
    };

    private static bool Matches(ForgetCommand command, RunRecord run) =>
        (command.Agent is not { } agent || run.Run.Agent == agent || run.Run.Steps.Any(step => step.Agent == agent))
        && (command.User is not { } user || run.Run.User == user)
        && (command.Run is not { } id || run.Id == id)
        && (command.WrittenBefore is not { } before || run.At < before);
}
