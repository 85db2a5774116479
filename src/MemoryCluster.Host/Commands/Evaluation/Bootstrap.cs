namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>Percentile bootstrap (Efron, "Bootstrap Methods", 1979): the spread of a mean over questions, by drawing them again with repeats.</summary>
internal static class Bootstrap
{
    private const int Draws = 2_000;
    private const double Tail = 0.025;
    private const int Seed = 20_260_101;

    /// <summary>The mean with its 95 % interval. The same values give the same interval.</summary>
    public static Estimate Mean(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            return new Estimate(0, 0, 0);
        var random = new Random(Seed);
        var means = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            double sum = 0;
            for (var i = 0; i < values.Count; i++)
                sum += values[random.Next(values.Count)];
            means[draw] = sum / values.Count;
        }

        Array.Sort(means);
        return new Estimate(values.Average(), means[(int)(Tail * Draws)], means[(int)((1 - Tail) * Draws) - 1]);
    }
}
