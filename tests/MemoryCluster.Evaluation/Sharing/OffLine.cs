using MemoryCluster.Admission.Gate;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Sharing;

/// <summary>The learned policy, estimated on the log of a policy that admits everything but explores, beside what it really earns when replayed.</summary>
internal static class OffLine
{
    private const int Seed = 11;
    private const double Exploration = 0.3;

    public static void Print(LoggedTask[] tasks, Dictionary<LoggedTask, SharingFold> folds)
    {
        var options = new GateTrainerOptions();
        var random = new Random(Seed);
        Console.WriteLine($"\noff-line, credit less price a decision, on the log of admitting all but {Exploration} by chance");
        Console.WriteLine("| | replayed | inverse propensity | self-normalised | doubly robust | decisions | as good as |\n|---|---|---|---|---|---|---|");
        // One policy at a time: each was taught by other tasks.
        foreach (var (number, fold) in tasks.GroupBy(task => folds[task]).Index())
        {
            var log = new OffPolicy([.. fold.Select(task => Runs(fold.Key.Exploring(task, Exploration, random)))], options);
            var replayed = new OffPolicy([.. fold.Select(task => Runs(fold.Key.Learned(task)))], options).Evaluate(fold.Key.Policy).InversePropensity.Value;
            var estimate = log.Evaluate(fold.Key.Policy);
            Console.WriteLine(
                $"| fold {number + 1} | {replayed:0.000} | {Text(estimate.InversePropensity)} | {Text(estimate.SelfNormalised)} | {Text(estimate.DoublyRobust)}"
                + $" | {estimate.Decisions} | {estimate.EffectiveDecisions:0} |");
        }
    }

    private static GateRun[] Runs(SharingOutcome outcome) => [new GateRun(1, [.. outcome.Decisions.Select(decision => decision.ToStep())])];

    private static string Text(GateEstimate estimate) => $"{estimate.Value:0.000} [{estimate.Low:0.000}, {estimate.High:0.000}]";
}
