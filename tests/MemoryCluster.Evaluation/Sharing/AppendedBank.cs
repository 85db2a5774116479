using MemoryCluster.Admission.Gate;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Sharing;

/// <summary>The paper's "add all": every step is appended, equal or not, and the newest memory of another run is served.</summary>
internal static class AppendedBank
{
    public static SharingOutcome Replay(LoggedTask task)
    {
        var bank = new Dictionary<Guid, List<(int Team, string Output)>>();
        var (steps, saved, harmed) = (0, 0, 0);
        for (var round = 0; steps < task.Runs.Sum(run => run.Steps.Count); round++)
        {
            foreach (var (team, run) in task.Runs.Index().Where(run => round < run.Item.Steps.Count))
            {
                var step = run.Steps[round];
                var key = ActionKey.Of(step.Tool, step.Input);
                var known = bank.GetValueOrDefault(key, []);
                var served = known.FindLast(memory => memory.Team != team).Output;
                saved += served == step.Output ? 1 : 0;
                harmed += served is not null && served != step.Output ? 1 : 0;
                known.Add((team, step.Output));
                bank[key] = known;
                steps++;
            }
        }

        return new SharingOutcome(steps, saved, harmed, steps, []);
    }
}
