namespace MemoryCluster.Admission.Gate;

/// <summary>What keeping a step earns, by a ridge regression of the logged rewards on the features. Dropping earns nothing by definition.</summary>
internal sealed class RewardModel
{
    // As if a step of unit features had been seen without reward: few logged decisions do not run away.
    private const double Ridge = 1;

    private readonly double[] _weights;

    private RewardModel(double[] weights) => _weights = weights;

    public static RewardModel Fit(IEnumerable<(GateStep Step, double Reward)> log)
    {
        var size = GateFeatures.Count;
        var products = new double[size, size];
        var right = new double[size];
        for (var index = 0; index < size; index++)
        {
            products[index, index] = Ridge;
        }

        foreach (var (step, reward) in log.Where(logged => logged.Step.IsKept))
        {
            for (var row = 0; row < Math.Min(size, step.Features.Length); row++)
            {
                right[row] += reward * step.Features[row];
                for (var column = 0; column < Math.Min(size, step.Features.Length); column++)
                {
                    products[row, column] += (double)step.Features[row] * step.Features[column];
                }
            }
        }

        return new RewardModel(Solve(products, right));
    }

    public double Of(GateStep step, GateVerdict verdict) => verdict == GateVerdict.Drop ? 0 : LearnedGate.Score(_weights, step.Features.AsSpan());

    public double Expected(GatePolicy policy, GateStep step) =>
        (1 - LearnedGate.Propensity(policy, step.Features.AsSpan(), GateVerdict.Drop)) * Of(step, GateVerdict.Admit);

    // Cholesky in place: the ridge makes the matrix positive definite.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var size = right.Length;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = matrix[row, column];
                for (var inner = 0; inner < column; inner++)
                {
                    sum -= matrix[row, inner] * matrix[column, inner];
                }

                matrix[row, column] = row == column ? Math.Sqrt(sum) : sum / matrix[column, column];
            }
        }

        var solution = new double[size];
        for (var row = 0; row < size; row++)
        {
            var sum = right[row];
            for (var inner = 0; inner < row; inner++)
            {
                sum -= matrix[row, inner] * solution[inner];
            }

            solution[row] = sum / matrix[row, row];
        }

        for (var row = size - 1; row >= 0; row--)
        {
            var sum = solution[row];
            for (var inner = row + 1; inner < size; inner++)
            {
                sum -= matrix[inner, row] * solution[inner];
            }

            solution[row] = sum / matrix[row, row];
        }

        return solution;
    }
}
