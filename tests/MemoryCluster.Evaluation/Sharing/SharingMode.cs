using MemoryCluster.Evaluation.Embedders;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Sharing;

/// <summary><c>sharing --data FOLDER</c>: what parallel teams save by a shared bank, by who decides what enters it.</summary>
internal static class SharingMode
{
    private const int Folds = 5;
    private const int RandomDraws = 20;

    // The constants were chosen with 7, 8 and 9: what is reported was divided into folds by others.
    private const int Seed = 1;
    private static readonly int[] OtherSeeds = [2, 3, 4, 5];

    public static void Run(string[] arguments)
    {
        var data = new DataFolder(Arguments.Required(arguments, "--data"));
        var logs = new AgentLogs(data);
        LoggedTask[] tasks = [.. logs.AirlineTasks(), .. logs.ReflexionTasks()];
        var vectors = new TextVectors();
        var training = new SharingTraining(vectors, tasks);
        if (Arguments.Optional(arguments, "--out") is { } path)
        {
            File.WriteAllText(path, PolicyFile.Of(training.Train(tasks, Seed), tasks.Length));
        }

        var folds = FoldsOf(tasks, vectors, training, Seed);
        foreach (var set in tasks.GroupBy(task => task.Set))
        {
            Print(set.Key, [.. set], folds);
        }

        LoggedTask[] cut = [.. new AgentLogs(data, cutsTrailers: true).ReflexionTasks()];
        var logged = tasks.Where(task => task.Set == AgentLogs.Reflexion).ToDictionary(task => task.Id);
        Print("reflexion, the logs' trailers cut", cut, cut.ToDictionary(task => task, task => folds[logged[task.Id]]));
        foreach (var seed in OtherSeeds)
        {
            var other = FoldsOf(tasks, vectors, training, seed);
            Console.WriteLine($"folds by seed {seed}: " + string.Join("; ", tasks.GroupBy(task => task.Set).Select(set => $"{set.Key} {Summary([.. set], other)}")));
        }

        PrintByTool(tasks, folds);
        OffLine.Print(tasks, folds);
    }

    public static Dictionary<LoggedTask, SharingFold> FoldsOf(LoggedTask[] tasks, TextVectors vectors, SharingTraining training, int seed)
    {
        var chance = new Random(seed);
        int[] fold = [.. tasks.Select(_ => chance.Next(Folds))];
        var policies = Enumerable.Range(0, Folds).Select(held =>
        {
            LoggedTask[] known = [.. tasks.Where((_, index) => fold[index] != held)];
            return new SharingFold(vectors, training, known, training.Train(known, seed + held));
        }).ToArray();
        return tasks.Index().ToDictionary(task => task.Item, task => policies[fold[task.Index]]);
    }

    private static void Print(string set, LoggedTask[] tasks, Dictionary<LoggedTask, SharingFold> folds)
    {
        var all = Outcomes(tasks, task => folds[task].Everything(task, isRevised: false));
        var learned = Outcomes(tasks, task => folds[task].Learned(task));
        var chance = Chance(tasks, folds, (double)learned.Sum(task => task.Bank) / learned.Sum(task => task.Decisions.Count));
        Console.WriteLine($"\n{set}: {tasks.Length} tasks, {tasks.Sum(task => task.Runs.Count)} runs, {all.Sum(task => task.Steps)} tool calls\n");
        Console.WriteLine("| | saved | of everything's | harmed | bank | of everything's |\n|---|---|---|---|---|---|");
        Row("nothing shared", Outcomes(tasks, task => new SharingOutcome(task.Runs.Sum(run => run.Steps.Count), 0, 0, 0, [])), all);
        Row("everything shared", all, all);
        Row("everything, later contradictions supersede", Outcomes(tasks, task => folds[task].Everything(task, isRevised: true)), all);
        Row("everything, equal memories apart, the newest served", Outcomes(tasks, AppendedBank.Replay), all);
        Row($"random at the same rate, {RandomDraws} draws", chance, all);
        Row("learned gate", learned, all);
        Row("learned gate, without a record of other tasks", Outcomes(tasks, task => folds[task].Cold(task)), all);
        Console.WriteLine($"\nlearned less random, saved of everything's: {Share(tasks.Length, index => learned[index].Saved - chance[index].Saved, index => all[index].Saved)}");
        var kept = all.SelectMany(task => task.Decisions).ToArray();
        Console.WriteLine($"chance of use, AUC over {kept.Length} steps: {Curve.Area([.. kept.Select(step => (step.Decision.Probability, step.Uses > 0))]):0.000}\n");
    }

    private static void Row(string name, Outcome[] rows, Outcome[] all) => Console.WriteLine(
        $"| {name} | {rows.Sum(row => row.Saved):0} | {Share(rows.Length, index => rows[index].Saved, index => all[index].Saved)} | {rows.Sum(row => row.Harmed):0.#}"
        + $" | {rows.Sum(row => row.Bank):0} | {Share(rows.Length, index => rows[index].Bank, index => all[index].Bank)} |");

    private static string Summary(LoggedTask[] tasks, Dictionary<LoggedTask, SharingFold> folds)
    {
        var all = Outcomes(tasks, task => folds[task].Everything(task, isRevised: false));
        var learned = Outcomes(tasks, task => folds[task].Learned(task));
        return $"saved {learned.Sum(task => task.Saved) / all.Sum(task => task.Saved):0.000}, bank {learned.Sum(task => task.Bank) / all.Sum(task => task.Bank):0.000}, "
            + $"harmed {learned.Sum(task => task.Harmed)} of {all.Sum(task => task.Harmed)}";
    }

    private static Outcome[] Outcomes(LoggedTask[] tasks, Func<LoggedTask, SharingOutcome> replay) => [.. tasks.Select(task => Outcome.Of(replay(task)))];

    // Each task's mean over the draws.
    private static Outcome[] Chance(LoggedTask[] tasks, Dictionary<LoggedTask, SharingFold> folds, double rate)
    {
        var draws = Enumerable.Range(0, RandomDraws)
            .Select(draw => new Random(draw))
            .Select(random => Outcomes(tasks, task => folds[task].Chance(task, rate, random)))
            .ToArray();
        return
        [
            .. tasks.Select((_, index) => new Outcome(
                draws[0][index].Steps, draws.Average(draw => draw[index].Saved), draws.Average(draw => draw[index].Harmed),
                draws.Average(draw => draw[index].Bank), [])),
        ];
    }

    // A ratio of sums, tasks drawn anew.
    private static Estimate Share(int tasks, Func<int, double> above, Func<int, double> below)
    {
        double Ratio(int[] drawn) => drawn.Sum(above) / drawn.Sum(below);
        return Estimate.ByBootstrap(
            Ratio([.. Enumerable.Range(0, tasks)]), chance => Ratio([.. Enumerable.Range(0, tasks).Select(_ => chance.Next(tasks))]));
    }

    private static void PrintByTool(LoggedTask[] tasks, Dictionary<LoggedTask, SharingFold> folds)
    {
        var all = tasks.SelectMany(task => folds[task].Everything(task, isRevised: false).Decisions).ToLookup(step => step.Tool);
        var learned = tasks.SelectMany(task => folds[task].Learned(task).Decisions).Where(step => step.IsKept).ToLookup(step => step.Tool);
        Console.WriteLine("\n| tool | everything: memories | steps they save | learned: memories | steps they save |\n|---|---|---|---|---|");
        foreach (var tool in all.OrderByDescending(tool => tool.Count()))
        {
            Console.WriteLine($"| {tool.Key} | {tool.Count()} | {tool.Sum(step => step.Uses)} | {learned[tool.Key].Count()} | {learned[tool.Key].Sum(step => step.Uses)} |");
        }
    }

    private sealed record Outcome(int Steps, double Saved, double Harmed, double Bank, IReadOnlyList<SharingDecision> Decisions)
    {
        public static Outcome Of(SharingOutcome outcome) => new(outcome.Steps, outcome.Saved, outcome.Harmed, outcome.Bank, outcome.Decisions);
    }
}
