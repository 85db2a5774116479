using System.Globalization;
using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>A run is kept once and teaches once; what it taught is accounted for; what was forgotten or deleted leaves nothing.</summary>
internal static class RunRules
{
    public static IEnumerable<Violation> Check(RunAccounts accounts) => Faults(accounts).Select(fault => new Violation(Rule.Runs, fault));

    private static IEnumerable<string> Faults(RunAccounts accounts)
    {
        if (Math.Abs(accounts.There - (accounts.Kept.Count - accounts.Forgotten.Count)) > accounts.Unheard)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{accounts.Kept.Count} runs were kept, {accounts.Forgotten.Count} forgotten, {accounts.Unheard} calls unheard of; {accounts.There} are there.");
        }

        foreach (var twice in accounts.Memories.GroupBy(memory => (memory.Run, memory.Text)).Where(group => group.Count() > 1))
        {
            yield return $"Run {twice.Key.Run} taught '{twice.Key.Text}' {twice.Count()} times.";
        }

        foreach (var id in accounts.Uncertified)
        {
            yield return $"The certificate of memory {id} does not hold.";
        }

        foreach (var fault in Memories(accounts).Concat(Decisions(accounts)).Concat(Uses(accounts)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> Uses(RunAccounts accounts)
    {
        foreach (var (id, uses, replayed) in accounts.Uses)
        {
            var (least, most) = accounts.Reported.GetValueOrDefault(id);
            if (uses < least || uses > most || replayed > uses)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Memory {id} counts {uses} uses, {replayed} measured; {most} outcomes were reported of it and {least} acknowledged.");
            }
        }
    }

    private static IEnumerable<string> Memories(RunAccounts accounts)
    {
        var decided = accounts.Decisions.Select(decision => decision.Memory).OfType<MemoryId>().ToHashSet();
        foreach (var (id, run, _) in accounts.Memories)
        {
            if (!decided.Contains(id))
            {
                yield return $"Memory {id} of run {run} is there, and no decision made it.";
            }

            if (run is { } source && accounts.Forgotten.Contains(source))
            {
                yield return $"Memory {id} is there, and its run {run} was forgotten.";
            }

            if (accounts.Deleted.Contains(id))
            {
                yield return $"Memory {id} is there, and was deleted.";
            }
        }
    }

    private static IEnumerable<string> Decisions(RunAccounts accounts)
    {
        var there = accounts.Memories.Select(memory => memory.Id).ToHashSet();
        foreach (var (run, _, memory) in accounts.Decisions.Where(decision => decision.Decision is Decision.Admitted or Decision.Candidate))
        {
            if (memory is not { } made || (!there.Contains(made) && !accounts.Deleted.Contains(made) && accounts.Unheard == 0))
            {
                yield return $"A decision of run {run} made memory {memory}, which is not there.";
            }
        }

        foreach (var (run, _, _) in accounts.Decisions.Where(decision => accounts.Forgotten.Contains(decision.Run)))
        {
            yield return $"A decision of run {run} is there, and the run was forgotten.";
        }
    }
}
