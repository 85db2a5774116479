using MemoryCluster.Evaluation.Embedders;
using MemoryCluster.Evaluation.Sets;
using MemoryCluster.Evaluation.Sharing;

namespace MemoryCluster.Evaluation.Admission;

/// <summary><c>admission --data FOLDER</c>: does the gate's probability tell which steps turn out useful, and which was the mistake?</summary>
internal static class AdmissionMode
{
    private const int Folds = 5;

    // The features were looked at with 7 and 8.
    private const int Seed = 1;
    private static readonly int[] OtherSeeds = [2, 3, 4, 5];

    public static void Run(string[] arguments)
    {
        var logs = new AgentLogs(new DataFolder(Arguments.Required(arguments, "--data")), cutsTrailers: true);
        var guilty = logs.FailedTeams().ToDictionary(failed => failed.Task, failed => failed.Guilty);
        LoggedTask[] agents = [.. logs.FeverTasks(), .. logs.ReflexionTasks()];
        LoggedTask[] teams = [.. guilty.Keys];
        var vectors = new TextVectors();
        var steps = new AdmissionSteps(vectors, new SharingTraining(vectors, [.. agents, .. teams]), guilty);

        Target[] targets =
        [
            new("taken up by a later step", step => step.TakenUp), new("taken up, and the run ended right", step => step.TakenUpRight),
            new("a run on the task ended right", step => step.Right),
        ];
        Console.WriteLine("| | steps | so | gate, AUC | not failed, AUC | other folds, AUC | useful of all | useful of the better half |\n|---|---|---|---|---|---|---|---|");
        foreach (var target in targets)
        {
            PrintBySet(target, agents, steps);
        }

        PrintBySet(new Target("not the mistake", step => !step.Guilty), teams, steps);
        PrintUntaught(agents, teams, steps);

        LoggedTask[] returning = [.. logs.AirlineTasks(), .. logs.ReflexionTasks()];
        new PlantedJunk(SharingMode.FoldsOf(returning, vectors, new SharingTraining(vectors, returning), Seed)).Print(returning);
    }

    // Does a gate that knows what is useful know a mistake as well?
    private static void PrintUntaught(LoggedTask[] agents, LoggedTask[] teams, AdmissionSteps steps)
    {
        var policy = AdmissionGate.Train(steps.Of(agents, agents), step => step.TakenUp, Seed);
        Rating[] rated = [.. steps.Of(teams, agents).Select(step => new Rating(step, AdmissionGate.Probability(policy, step), !step.Guilty))];
        Console.WriteLine($"\nnot the mistake, by a gate taught what is taken up on the other sets: {Interval(rated)}");
    }

    private static void PrintBySet(Target target, LoggedTask[] tasks, AdmissionSteps steps)
    {
        var rated = Rated(tasks, steps, target.IsSo, Seed);
        var others = OtherSeeds.Select(seed => Rated(tasks, steps, target.IsSo, seed)).ToArray();
        string[] sets = [.. tasks.Select(task => task.Set).Distinct()];
        // The sets one by one, then together where there are several.
        foreach (var names in sets.Select(set => new[] { set }).Concat(sets.Length > 1 ? [sets] : []))
        {
            var own = rated.Where(step => names.Contains(step.Step.Task.Set)).ToArray();
            var areas = others.Select(other => Area(other.Where(step => names.Contains(step.Step.Task.Set)))).Order().ToArray();
            var better = own.OrderByDescending(step => step.Probability).Take(own.Length / 2).ToArray();
            var failed = Curve.Area([.. own.Select(step => (step.Step.Failed ? 0.0 : 1, step.IsSo))]);
            Console.WriteLine(
                $"| {string.Join(" and ", names)}: {target.Name} | {own.Length} | {own.Count(step => step.IsSo)} | {Interval(own)} | {failed:0.000} | {areas[0]:0.000} to {areas[^1]:0.000}"
                + $" | {own.Average(step => step.IsSo ? 1.0 : 0):0.000} | {better.Average(step => step.IsSo ? 1.0 : 0):0.000} |");
        }
    }

    // Every step rated by a gate that was taught on other tasks.
    private static List<Rating> Rated(LoggedTask[] tasks, AdmissionSteps steps, Func<AdmissionStep, bool> isSo, int seed)
    {
        var chance = new Random(seed);
        var fold = tasks.ToDictionary(task => task, _ => chance.Next(Folds));
        var rated = new List<Rating>();
        for (var held = 0; held < Folds; held++)
        {
            LoggedTask[] known = [.. tasks.Where(task => fold[task] != held)];
            var policy = AdmissionGate.Train(steps.Of(known, known), isSo, seed + held);
            rated.AddRange(steps.Of(tasks.Where(task => fold[task] == held), known)
                .Select(step => new Rating(step, AdmissionGate.Probability(policy, step), isSo(step))));
        }

        return rated;
    }

    // Tasks drawn anew: the steps of one hang together.
    private static Estimate Interval(Rating[] rated)
    {
        var tasks = rated.GroupBy(rating => rating.Step.Task).Select(task => task.ToArray()).ToArray();
        return Estimate.ByBootstrap(Area(rated), chance => Area(Enumerable.Range(0, tasks.Length).SelectMany(_ => tasks[chance.Next(tasks.Length)])));
    }

    private static double Area(IEnumerable<Rating> rated) => Curve.Area([.. rated.Select(rating => (rating.Probability, rating.IsSo))]);

    private sealed record Target(string Name, Func<AdmissionStep, bool> IsSo);

    private sealed record Rating(AdmissionStep Step, double Probability, bool IsSo);
}
