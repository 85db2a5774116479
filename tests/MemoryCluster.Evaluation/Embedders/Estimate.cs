namespace MemoryCluster.Evaluation.Embedders;

/// <summary>A mean and the ends of its 95 % interval.</summary>
internal readonly record struct Estimate(double Mean, double Low, double High)
{
    private const int Resamples = 1_000;

    public override string ToString() => $"{Mean:0.000} [{Low:0.000}, {High:0.000}]";

    /// <summary>The percentile bootstrap (B. Efron, R. Tibshirani, 1993, section 13.3): <paramref name="resampled"/> draws once by the given chance.</summary>
    public static Estimate ByBootstrap(double value, Func<Random, double> resampled)
    {
        var draws = new double[Resamples];
        Parallel.For(0, Resamples, draw => draws[draw] = resampled(new Random(draw)));
        Array.Sort(draws);
        return new Estimate(value, draws[(int)(Resamples * 0.025)], draws[(int)(Resamples * 0.975)]);
    }

    public static Estimate OfMean(IReadOnlyList<double> values) =>
        ByBootstrap(values.Average(), chance => Enumerable.Range(0, values.Count).Average(_ => values[chance.Next(values.Count)]));
}
