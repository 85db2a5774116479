using MemoryCluster.Admission.Runs;
using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Admission;
using MemoryCluster.Evaluation.Embedders;
using MemoryCluster.Evaluation.Lift;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Effects;

/// <summary><c>effects --data FOLDER</c>: what admitted memories did for runs that came after their admission, with and without replay.</summary>
internal static class EffectsMode
{
    private const int Seed = 1;

    private static readonly (string Name, TeamPolicy Policy)[] Arms = [("without replay", new TeamPolicy { ReplaysPerDay = 0 }), ("with replay", new TeamPolicy())];

    public static void Run(string[] arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(string[] arguments)
    {
        var logs = new AgentLogs(new DataFolder(Arguments.Required(arguments, "--data")), cutsTrailers: true);
        var (airline, reflexion) = (logs.AirlineTasks(), logs.ReflexionTasks());
        LoggedTask[] returning = [.. airline, .. reflexion];
        var stream = new EffectStream(new StaticEmbedder(), LiftMode.GatesOf(returning));
        LoggedTask[][] sets = [[.. airline], [.. reflexion], [.. logs.FeverTasks()], [.. logs.FailedTeams().Select(failed => failed.Task)]];

        Console.WriteLine("| | admitted | asked for later | effect | negative | shown negative | misleading | of all admitted, negative |\n|---|---|---|---|---|---|---|---|");
        foreach (var set in sets)
        {
            var (reported, later) = Split(set);
            foreach (var (name, policy) in Arms)
            {
                Print($"{set[0].Set}, {name}", await stream.MeasureAsync(reported, later, policy));
            }
        }

        Console.WriteLine("\n| | planted | admitted | candidate | quarantined | rejected or not taken |\n|---|---|---|---|---|---|");
        foreach (var set in new[] { airline, reflexion })
        {
            var (runs, planted) = Planted(StreamRun.Of(set));
            foreach (var (name, policy) in Arms)
            {
                var stands = await stream.PlantAsync(runs, planted, policy);
                int Of(Decision decision) => stands.GetValueOrDefault(decision);
                Console.WriteLine(
                    $"| {set[0].Set}, {name} | {planted.Count} | {Of(Decision.Admitted)} | {Of(Decision.Candidate)} | {Of(Decision.Quarantined)}"
                    + $" | {planted.Count - Of(Decision.Admitted) - Of(Decision.Candidate) - Of(Decision.Quarantined)} |");
            }
        }
    }

    // Where tasks come back, their last run; else every second task by a seeded draw.
    private static (IReadOnlyList<StreamRun> Reported, IReadOnlyList<StreamRun> Later) Split(LoggedTask[] tasks)
    {
        var chance = new Random(Seed);
        var comesBack = tasks.Any(task => task.Runs.Count > 1);
        var later = tasks.ToDictionary(task => task, _ => chance.Next(2) == 0);
        var split = StreamRun.Of(tasks).ToLookup(run => comesBack ? run.Trial == run.Task.Runs.Count - 1 : later[run.Task]);
        return ([.. split[false]], [.. split[true]]);
    }

    // Of each first run one finding is made false, the kinds of falsehood in turn; later runs on the task found what is true.
    private static (IReadOnlyList<StreamRun> Runs, IReadOnlySet<string> Planted) Planted(IReadOnlyList<StreamRun> runs)
    {
        var planted = new HashSet<string>(StringComparer.Ordinal);
        var altered = runs.Select((run, index) => run.Trial > 0 ? run : Altered(run, index, planted)).ToArray();
        return (altered, planted);
    }

    private static StreamRun Altered(StreamRun run, int index, HashSet<string> planted)
    {
        var alter = Alteration.All[index % Alteration.All.Count].Of;
        foreach (var found in CandidateExtraction.Of(run.Run).Where(found => found.Kind == MemoryKind.Step))
        {
            if (alter(run.Run.Steps[found.Step].Output) is not { } output)
            {
                continue;
            }

            var draft = run.Run with { Steps = run.Run.Steps.SetItem(found.Step, run.Run.Steps[found.Step] with { Output = output }) };
            if (CandidateExtraction.Of(draft).FirstOrDefault(each => each.Step == found.Step && each.Kind == MemoryKind.Step) is { } junk)
            {
                planted.Add(junk.Text);
                return run with { Run = draft };
            }
        }

        return run;
    }

    private static void Print(string name, IReadOnlyList<MeasuredEffect> effects)
    {
        var asked = effects.Where(effect => effect.Pairs.Length > 0).ToArray();
        var tasks = asked.GroupBy(effect => effect.Task).Select(task => task.ToArray()).ToArray();
        string Share(Func<MeasuredEffect, double> of) => tasks.Length == 0 ? "–" : $"{Estimate.ByBootstrap(asked.Average(of), chance => Drawn(tasks, chance).Average(of))}";
        Console.WriteLine(
            $"| {name} | {effects.Count} | {asked.Length} | {Share(effect => effect.Mean)} | {Share(effect => effect.IsNegative ? 1 : 0)} | {asked.Count(effect => effect.IsShownNegative)}"
            + $" | {Share(effect => effect.Misleads ? 1 : 0)} | {(double)asked.Count(effect => effect.IsNegative) / effects.Count:0.000} |");
    }

    private static IEnumerable<MeasuredEffect> Drawn(MeasuredEffect[][] tasks, Random chance) =>
        Enumerable.Range(0, tasks.Length).SelectMany(_ => tasks[chance.Next(tasks.Length)]);
}
