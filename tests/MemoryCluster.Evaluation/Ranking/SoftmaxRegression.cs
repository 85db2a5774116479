namespace MemoryCluster.Evaluation.Ranking;

/// <summary>
/// Conditional logit (D. McFadden, 1974): which of a question's candidates is its evidence, by a weighted sum of their features. Convex,
/// with an L2 penalty on weights of standardised features; Newton's method with halved steps, so equal data gives equal weights.
/// </summary>
internal static class SoftmaxRegression
{
    private const int IterationsMax = 30;
    private const int HalvingsMax = 12;

    /// <summary>The gain of a step, by its quadratic model, below which another is not worth it.</summary>
    private const double GainMin = 0.01;

    public static double Score(double[] weights, float[] features)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * features[i];
        }

        return sum;
    }

    /// <summary>Fits weights to raw features.</summary>
    /// <param name="samples">The questions.</param>
    /// <param name="importance">How much a question counts.</param>
    /// <param name="penalty">Half of it times each standardised weight's square is added to the loss.</param>
    public static double[] Fit(IReadOnlyList<RankingSample> samples, Func<RankingSample, double> importance, double penalty)
    {
        RankingSample[] usable = [.. samples.Where(sample => sample.IsGold.Contains(true))];
        var width = usable[0].Features[0].Length;
        var penalties = Variances(usable, width).Select(variance => penalty * Math.Max(variance, 1e-6)).ToArray();
        var weights = new double[width];
        var loss = Loss(usable, importance, penalties, weights, null, null);
        for (var iteration = 0; iteration < IterationsMax; iteration++)
        {
            var (gradient, curvature) = (new double[width], new double[width * width]);
            Loss(usable, importance, penalties, weights, gradient, curvature);
            var step = Solve(curvature, gradient);
            var gain = step.Zip(gradient, (s, g) => s * g).Sum();
            var moved = TryStep(usable, importance, penalties, weights, step, gain, ref loss);
            if (moved is null || gain < GainMin)
            {
                return moved ?? weights;
            }

            weights = moved;
        }

        return weights;
    }

    private static double[]? TryStep(
        RankingSample[] samples, Func<RankingSample, double> importance, double[] penalties, double[] weights, double[] step, double gain, ref double loss)
    {
        var length = 1.0;
        for (var halving = 0; halving < HalvingsMax; halving++, length /= 2)
        {
            var moved = weights.Zip(step, (weight, change) => weight - (length * change)).ToArray();
            var there = Loss(samples, importance, penalties, moved, null, null);
            if (there < loss - (1e-4 * length * gain))
            {
                loss = there;
                return moved;
            }
        }

        return null;
    }

    // Features of a small spread get larger weights for the same penalty.
    private static double[] Variances(RankingSample[] samples, int width)
    {
        var (sums, squares, count) = (new double[width], new double[width], 0L);
        foreach (var features in samples.SelectMany(sample => sample.Features))
        {
            count++;
            for (var i = 0; i < width; i++)
            {
                sums[i] += features[i];
                squares[i] += (double)features[i] * features[i];
            }
        }

        return [.. squares.Zip(sums, (square, sum) => (square / count) - (sum / count * (sum / count)))];
    }

    private static double Loss(
        RankingSample[] samples, Func<RankingSample, double> importance, double[] penalties, double[] weights, double[]? gradient, double[]? curvature)
    {
        var loss = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            loss += penalties[i] * weights[i] * weights[i] / 2;
            if (gradient is not null)
            {
                gradient[i] += penalties[i] * weights[i];
                curvature![(i * weights.Length) + i] += penalties[i];
            }
        }

        foreach (var sample in samples)
        {
            loss += Add(sample, importance(sample), weights, gradient, curvature);
        }

        return loss;
    }

    private static double Add(RankingSample sample, double importance, double[] weights, double[]? gradient, double[]? curvature)
    {
        var scores = Array.ConvertAll(sample.Features, features => Score(weights, features));
        var highest = scores.Max();
        var total = scores.Sum(score => Math.Exp(score - highest));
        var gold = sample.IsGold.Count(isGold => isGold);
        var loss = Math.Log(total) + highest - (scores.Where((_, i) => sample.IsGold[i]).Sum() / gold);
        if (gradient is not null)
        {
            var width = weights.Length;
            var mean = new double[width];
            for (var c = 0; c < scores.Length; c++)
            {
                var chance = Math.Exp(scores[c] - highest) / total;
                var (pull, features) = (importance * (chance - (sample.IsGold[c] ? 1.0 / gold : 0)), sample.Features[c]);
                for (var i = 0; i < width; i++)
                {
                    gradient[i] += pull * features[i];
                    mean[i] += chance * features[i];
                    var weighted = importance * chance * features[i];
                    for (var j = 0; j <= i && weighted != 0; j++)
                    {
                        curvature![(i * width) + j] += weighted * features[j];
                    }
                }
            }

            for (var i = 0; i < width; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    curvature![(i * width) + j] -= importance * mean[i] * mean[j];
                }
            }
        }

        return importance * loss;
    }

    // Cholesky's factors of the lower triangle, then both substitutions.
    private static double[] Solve(double[] matrix, double[] right)
    {
        var n = right.Length;
        var (factor, x) = (new double[n * n], (double[])right.Clone());
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[(i * n) + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[(i * n) + k] * factor[(j * n) + k];
                }

                factor[(i * n) + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-9)) : sum / factor[(j * n) + j];
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
            {
                x[i] -= factor[(i * n) + k] * x[k];
            }

            x[i] /= factor[(i * n) + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                x[i] -= factor[(k * n) + i] * x[k];
            }

            x[i] /= factor[(i * n) + i];
        }

        return x;
    }
}
