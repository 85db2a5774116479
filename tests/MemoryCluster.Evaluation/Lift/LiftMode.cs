using System.Globalization;
using MemoryCluster.Admission.Gate;
using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Embedders;
using MemoryCluster.Evaluation.Sets;
using MemoryCluster.Evaluation.Sharing;

namespace MemoryCluster.Evaluation.Lift;

/// <summary>
/// <c>lift --data FOLDER [--tokens 1000] [--memory-first] [--seen FILE]</c>: how much of what a run finds out it could have known from the memory of the runs
/// before it, at an equal budget of tokens.
/// </summary>
internal static class LiftMode
{
    private const int Seed = 1;
    private const int Tokens = 1_000;

    public static void Run(string[] arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(string[] arguments)
    {
        var data = new DataFolder(Arguments.Required(arguments, "--data"));
        var tokens = int.Parse(Arguments.Optional(arguments, "--tokens") ?? $"{Tokens}", CultureInfo.InvariantCulture);
        var memoryFirst = arguments.Contains("--memory-first");
        await using var seen = Arguments.Optional(arguments, "--seen") is { } path ? new StreamWriter(path) : null;
        var stream = new LiftStream(new StaticEmbedder(), new EvidenceReader(tokens, memoryFirst), seen);

        var logs = new AgentLogs(data, cutsTrailers: true);
        var (airline, reflexion, fever) = (logs.AirlineTasks(), logs.ReflexionTasks(), logs.FeverTasks());
        LoggedTask[] returning = [.. airline, .. reflexion];
        var gates = GatesOf(returning);
        LiftArm[] arms = [LiftArm.Nothing, LiftArm.Control, LiftArm.Everything, LiftArm.Product(run => gates.GetValueOrDefault(run.Task, GatePolicies.Initial))];

        Console.WriteLine($"{tokens} tokens a question\n\n| | runs | questions | coverage | over no memory, points | misled | on this question | memories |\n|---|---|---|---|---|---|---|---|");
        foreach (var set in new[] { airline, reflexion, fever })
        {
            var outcomes = await OutcomesAsync(stream, arms, [], StreamRun.Of(set));
            if (set.Any(task => task.Runs.Count > 1))
            {
                Print($"{set[0].Set}, come back", outcomes, reading => reading.Run.Trial > 0);
            }

            Print(set[0].Set, outcomes, _ => true);
        }

        Print("hotpotqa, passages given", await OutcomesAsync(stream, arms, [], StreamRun.OfPassages(data)), _ => true);

        // What one domain taught, before the tasks of another: nothing of theirs is reported.
        (string Name, IReadOnlyList<LoggedTask> Taught, IReadOnlyList<LoggedTask> Measured)[] across =
        [
            ("airline's memory on reflexion", airline, reflexion), ("airline's memory on fever", airline, fever),
            ("reflexion's memory on airline", reflexion, airline), ("reflexion's memory on fever", reflexion, fever), ("fever's memory on reflexion", fever, reflexion),
        ];
        foreach (var (name, taught, measured) in across)
        {
            StreamRun[] firsts = [.. StreamRun.Of(measured).Where(run => run.Trial == 0)];
            Print(name, await OutcomesAsync(stream, arms.Where(arm => !arm.OthersOnly), StreamRun.Of(taught), firsts, grows: false), _ => true);
        }
    }

    private static async Task<List<(LiftArm Arm, LiftOutcome Outcome)>> OutcomesAsync(
        LiftStream stream, IEnumerable<LiftArm> arms, IReadOnlyList<StreamRun> taught, IReadOnlyList<StreamRun> measured, bool grows = true)
    {
        var outcomes = new List<(LiftArm Arm, LiftOutcome Outcome)>();
        foreach (var arm in arms)
        {
            outcomes.Add((arm, await stream.RunAsync(arm, taught, measured, grows)));
        }

        return outcomes;
    }

    // A gate of the fold that was not taught a task, with the exploration that ships.
    public static Dictionary<LoggedTask, GatePolicy> GatesOf(LoggedTask[] tasks)
    {
        var vectors = new TextVectors();
        var folds = SharingMode.FoldsOf(tasks, vectors, new SharingTraining(vectors, tasks), Seed);
        return folds.ToDictionary(fold => fold.Key, fold => fold.Value.Gate with { Exploration = GatePolicies.Initial.Exploration });
    }

    private static void Print(string set, List<(LiftArm Arm, LiftOutcome Outcome)> outcomes, Func<LiftReading, bool> isCounted)
    {
        var without = outcomes[0].Outcome.Readings.ToDictionary(reading => reading.Run);
        foreach (var (arm, outcome) in outcomes)
        {
            var counted = outcome.Readings.Where(isCounted).Where(reading => reading.Questions > 0).ToArray();
            var tasks = counted.GroupBy(reading => reading.Run.Task).Select(task => task.ToArray()).ToArray();
            var questions = counted.Sum(reading => reading.Questions);
            var lift = Estimate.ByBootstrap(
                Points(counted, without), chance => Points(Enumerable.Range(0, tasks.Length).SelectMany(_ => tasks[chance.Next(tasks.Length)]), without));
            Console.WriteLine(
                $"| {set}: {arm.Name} | {counted.Length} | {questions} | {counted.Sum(reading => reading.Coverage) / questions:0.000} | {lift.Mean:0.0} [{lift.Low:0.0}, {lift.High:0.0}]"
                + $" | {(double)counted.Sum(reading => reading.Misled) / questions:0.000} | {(double)counted.Sum(reading => reading.Answered) / questions:0.000} | {Standing(outcome.View)} |");
        }
    }

    private static double Points(IEnumerable<LiftReading> readings, Dictionary<StreamRun, LiftReading> without)
    {
        var (gained, questions) = (0.0, 0);
        foreach (var reading in readings)
        {
            gained += reading.Coverage - without[reading.Run].Coverage;
            questions += reading.Questions;
        }

        return 100 * gained / questions;
    }

    private static string Standing(ControllerView view) =>
        string.Join(", ", view.Decisions.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} {pair.Key}".ToLowerInvariant()));
}
