using MemoryCluster.LocalEngine.Simulation;

namespace MemoryCluster.Simulations.Scenarios;

/// <summary>What befalls one run. Every seed draws its own mixture, for faults that are always all there hide one another.</summary>
internal sealed record FaultPlan
{
    public required double Lose { get; init; }

    public required double Duplicate { get; init; }

    public required double DelayMessage { get; init; }

    public required double Reorder { get; init; }

    public required double FailBefore { get; init; }

    public required double FailAfter { get; init; }

    public required double HalfApply { get; init; }

    public required double DelayStore { get; init; }

    /// <summary>Memories of a shard above which it is split; 0 for never.</summary>
    public required int SplitAbove { get; init; }

    public required int Kills { get; init; }

    public required int Freezes { get; init; }

    public static FaultPlan Draw(Random random) => new()
    {
        Lose = Pick(random, 0, 0.002, 0.01),
        Duplicate = Pick(random, 0, 0, 0.02, 0.1),
        DelayMessage = Pick(random, 0, 0.01, 0.05),
        Reorder = Pick(random, 0, 0.2, 1),
        FailBefore = Pick(random, 0, 0.01, 0.05),
        FailAfter = Pick(random, 0, 0.01, 0.05),
        HalfApply = Pick(random, 0, 0.01, 0.05),
        DelayStore = Pick(random, 0, 0.02, 0.1),
        Kills = random.Next(4),
        Freezes = random.Next(4),
        SplitAbove = (int)Pick(random, 0, 0, 5, 15),
    };

    public void ApplyTo(SimulationOptions options)
    {
        (options.Messages.Lose, options.Messages.Duplicate) = (Lose, Duplicate);
        (options.Messages.Delay, options.Messages.Reorder) = (DelayMessage, Reorder);
        (options.Stores.FailBefore, options.Stores.FailAfter) = (FailBefore, FailAfter);
        (options.Stores.HalfApply, options.Stores.Delay) = (HalfApply, DelayStore);
    }

    private static double Pick(Random random, params ReadOnlySpan<double> choices) => choices[random.Next(choices.Length)];
}
