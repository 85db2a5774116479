using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Benchmarks.Admission;

/// <summary><c>gate</c>: what the learned gate costs a step: its features, its decision, and what it learns.</summary>
internal static class GateBenchmark
{
    private const int Rounds = 9;
    private const int Components = 384;

    // A step of a tool-using agent: a question, arguments, and an observation as long as a passage, or as long as the gate reads.
    private const string Task = "Which of Jonny Craig and Pete Doherty has been a member of more bands, and in what year was the first of them founded?";
    private const string Input = """{"query": "Pete Doherty", "page": 1, "language": "en"}""";
    private const string Passage =
        "Peter Doherty (born 12 March 1979) is an English musician, songwriter, actor, poet, writer, and artist. He is best known for being "
        + "co-frontman of The Libertines, which he formed with Carl Barât in 1997. His other musical projects are indie band Babyshambles and "
        + "Peter Doherty and the Puta Madres. ";

    private static readonly string LongOutput = string.Concat(Enumerable.Repeat(Passage, 12));

    public static Task RunAsync()
    {
        var random = new Random(1);
        var vector = Enumerable.Range(0, Components).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var record = new RecurrenceRecord();
        var kinds = StepKinds.Of("search", Input, failed: false);
        record.NoteFirst(kinds);
        var view = record.ViewOf(kinds);
        var features = GateFeatures.Of(Step(Passage, vector, view));
        var trainer = new GateTrainer(GateTrainerState.Of(GatePolicies.Initial), new GateTrainerOptions());
        GateRun[] group = [new GateRun(1, [new GateStep { Features = [.. features], Verdict = GateVerdict.Admit, Propensity = 1, Uses = 1 }])];

        return Measurement.RunAsync(
            Rounds,
            ("features and decision, 330 characters", 100_000, Repeat(() => Decide(Passage, vector, view))),
            ("features and decision, 4,000 characters", 100_000, Repeat(() => Decide(LongOutput, vector, view))),
            ("kinds and record of a step", 100_000, Repeat(() => record.ViewOf(StepKinds.Of("search", Input, FailureSigns.In(Passage))).Tool.Steps)),
            ("decision of features that are there", 1_000_000, Repeat(() => LearnedGate.Decide(GatePolicies.Initial, features, 0.5).Probability)),
            ("learning from a decision", 100_000, Repeat(() => Learn(trainer, group))));
    }

    private static double Decide(string output, float[] vector, RecurrenceView view) =>
        LearnedGate.Decide(GatePolicies.Initial, GateFeatures.Of(Step(output, vector, view)), 0.5).Probability;

    private static double Learn(GateTrainer trainer, GateRun[] group)
    {
        trainer.Learn(group);
        return 0;
    }

    private static GateInput Step(string output, float[] vector, RecurrenceView view) => new()
    {
        Task = Task, Input = Input, Output = output, Tool = "search", TaskVector = vector, InputVector = vector, OutputVector = vector,
        Recurrence = view, Step = 3,
    };

    private static Func<int, Task> Repeat(Func<double> call) => count =>
    {
        var sum = 0.0;
        for (var index = 0; index < count; index++)
        {
            sum += call();
        }

        return double.IsNaN(sum) ? throw new InvalidOperationException("A decision without a probability.") : System.Threading.Tasks.Task.CompletedTask;
    };
}
