using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Lift;

/// <summary>A run of a stream, with what its agent held in its hands before it began.</summary>
/// <param name="Task">The task that it is of.</param>
/// <param name="Trial">How many runs of the task came before it.</param>
/// <param name="Run">The run.</param>
/// <param name="Given">Passages that the agent was given: its own, and read by the same search as the team's memory.</param>
/// <param name="Asked">What it asks for at its beginning; null where it asks before each step what the step is about to find out.</param>
internal sealed record StreamRun(LoggedTask Task, int Trial, RunDraft Run, IReadOnlyList<HeldPassage> Given, string? Asked = null)
{
    /// <summary>All first runs, then all second ones: parallel teams take the same tasks one after another.</summary>
    public static IReadOnlyList<StreamRun> Of(IEnumerable<LoggedTask> tasks) =>
    [
        .. tasks.SelectMany(task => task.Runs.Index().Select(run => new StreamRun(task, run.Index, RunDrafts.Of(run.Item, AgentOf(run.Index)), [])))
            .OrderBy(run => run.Trial),
    ];

    /// <summary>Questions whose passages the agent holds; the run reads those that the answer rests on, after asking once with the question.</summary>
    public static IReadOnlyList<StreamRun> OfPassages(DataFolder data) =>
    [
        .. from line in data.Lines("hotpotqa/questions.jsonl").Index()
           let question = DataFolder.Text(line.Item, "question_text")
           let contexts = line.Item.GetProperty("contexts").EnumerateArray()
               .Select(context => (Passage: HeldPassage.Of(context), IsGold: context.GetProperty("is_supporting").GetBoolean())).ToArray()
           let steps = contexts.Where(context => context.IsGold)
               .Select(context => new LoggedStep(HeldPassage.Tool, context.Passage.Title, $"Read {context.Passage.Title}.", context.Passage.Text))
           let logged = new LoggedRun(question, 1, [.. steps])
           select new StreamRun(
               new LoggedTask("hotpotqa", $"{line.Index}", [logged]), 0, RunDrafts.Of(logged, AgentOf(0)), [.. contexts.Select(context => context.Passage)], question),
    ];

    public static AgentId AgentOf(int trial) => new($"agent{trial}");
}
