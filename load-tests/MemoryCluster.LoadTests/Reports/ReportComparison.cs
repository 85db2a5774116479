namespace MemoryCluster.LoadTests.Reports;

/// <summary>
/// Two runs beside each other. The noise is taken from the runs themselves: the tenths of a stream's time are drawn again with replacement, and
/// the ratio of the means with them (Efron 1979); tenths and not requests, since neighbours in time wait for the same things.
/// </summary>
internal static class ReportComparison
{
    private const int Resamples = 2_000;
    private const double Tail = 0.025;
    private const int Seed = 1;

    private static readonly (string Name, Func<PartFigures, double> Of)[] Figures =
        [("goodput", part => part.GoodputPerSecond), ("p50", part => part.P50Ms), ("p99", part => part.P99Ms)];

    /// <summary>Every figure of every stream that both have.</summary>
    public static IReadOnlyList<MetricChange> Of(LoadReport before, LoadReport after) =>
    [
        .. from stream in before.Streams
           join other in after.Streams on stream.Name equals other.Name
           where stream.Parts.Count > 0 && other.Parts.Count > 0
           from figure in Figures
           select Change(stream.Name, figure.Name, [.. stream.Parts.Select(figure.Of)], [.. other.Parts.Select(figure.Of)]),
    ];

    internal static MetricChange Change(string stream, string metric, double[] before, double[] after)
    {
        var random = new Random(Seed);
        double[] ratios = [.. Enumerable.Range(0, Resamples).Select(_ => Draw(after, random) / Draw(before, random)).Order()];
        return new MetricChange(
            stream, metric, before.Average(), after.Average(), after.Average() / before.Average(),
            ratios[(int)(Tail * Resamples)], ratios[(int)((1 - Tail) * Resamples) - 1]);
    }

    private static double Draw(double[] values, Random random)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            sum += values[random.Next(values.Length)];
        return sum / values.Length;
    }
}
