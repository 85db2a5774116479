namespace MemoryCluster.Admission.Gate;

/// <summary>
/// Evaluates policies on a log that another policy wrote: inverse propensity (Horvitz and Thompson), self-normalised (Swaminathan and
/// Joachims 2015) and doubly robust (Dudík, Langford and Li 2011, with the reward model fitted to the other half of the groups).
/// </summary>
/// <remarks>Intervals take whole groups as the unit: decisions on one task hang together. Without chance, so a log gives one answer.</remarks>
public sealed class OffPolicy
{
    private const double Normal95 = 1.959964;
    private const double Normal90 = 1.644854;
    private const int Folds = 2;

    private readonly GateStep[][] _groups;
    private readonly double[][] _rewards;
    private readonly RewardModel[] _models;

    public OffPolicy(IReadOnlyList<IReadOnlyList<GateRun>> log, GateTrainerOptions options)
    {
        _groups = [.. log.Select(group => group.SelectMany(run => run.Steps).ToArray()).Where(steps => steps.Length > 0)];
        _rewards = Array.ConvertAll(_groups, steps => Array.ConvertAll(steps, step => Reward(step, options)));
        _models = [.. Enumerable.Range(0, Folds).Select(fold => RewardModel.Fit(StepsBeside(fold)))];
    }

    /// <summary>What a decision earned: nothing where the step was dropped, else credit less debit and price.</summary>
    public static double Reward(GateStep step, GateTrainerOptions options) =>
        !step.IsKept
            ? 0
            : (step.Uses > 0 ? options.UsageCredit : 0) - (step.Contradictions > 0 ? options.ContradictionDebit : 0)
                + (options.ReplayCredit * (step.ReplayEffect ?? 0)) - options.KeepingPrice;

    public GateEvaluation Evaluate(GatePolicy policy)
    {
        var terms = Terms(policy);
        var weights = terms.Sum(group => group.Weights);
        var squares = terms.Sum(group => group.SquaredWeights);
        return new GateEvaluation(
            Ratio(terms, term => term.Weighted, term => term.Count, Normal95),
            Ratio(terms, term => term.Weighted, term => term.Weights, Normal95),
            Ratio(terms, term => term.Robust, term => term.Count, Normal95),
            _groups.Sum(group => group.Length),
            squares > 0 ? weights * weights / squares : 0);
    }

    /// <summary>The doubly robust difference of two policies a decision; <c>Low</c> is its one-sided 95 % bound.</summary>
    public GateEstimate Difference(GatePolicy policy, GatePolicy than)
    {
        var (left, right) = (Terms(policy), Terms(than));
        var differences = left.Zip(right, (first, second) => first with { Robust = first.Robust - second.Robust }).ToArray();
        return Ratio(differences, term => term.Robust, term => term.Count, Normal90);
    }

    private GroupTerms[] Terms(GatePolicy policy) =>
        [.. _groups.Select((steps, index) => Terms(policy, steps, _rewards[index], _models[index % Folds]))];

    private static GroupTerms Terms(GatePolicy policy, GateStep[] steps, double[] rewards, RewardModel model)
    {
        double weighted = 0, weights = 0, squares = 0, robust = 0;
        for (var index = 0; index < steps.Length; index++)
        {
            var step = steps[index];
            var weight = LearnedGate.Propensity(policy, step.Features.AsSpan(), step.Verdict) / step.Propensity;
            var expected = model.Expected(policy, step);
            weighted += weight * rewards[index];
            weights += weight;
            squares += weight * weight;
            robust += expected + (weight * (rewards[index] - model.Of(step, step.Verdict)));
        }

        return new GroupTerms(steps.Length, weighted, weights, squares, robust);
    }

    // A ratio of sums over groups, its spread by linearisation (Cochran): what each group adds beyond the ratio.
    private static GateEstimate Ratio(GroupTerms[] terms, Func<GroupTerms, double> above, Func<GroupTerms, double> below, double quantile)
    {
        var divisor = terms.Sum(below);
        if (terms.Length < 2 || divisor <= 0)
        {
            return new GateEstimate(0, double.NegativeInfinity, double.PositiveInfinity);
        }

        var value = terms.Sum(above) / divisor;
        var spread = terms.Sum(term => Math.Pow(above(term) - (value * below(term)), 2));
        var error = quantile * Math.Sqrt(spread * terms.Length / (terms.Length - 1)) / divisor;
        return new GateEstimate(value, value - error, value + error);
    }

    private IEnumerable<(GateStep Step, double Reward)> StepsBeside(int fold) =>
        from index in Enumerable.Range(0, _groups.Length)
        where index % Folds != fold
        from pair in _groups[index].Zip(_rewards[index])
        select (pair.First, pair.Second);

    private readonly record struct GroupTerms(int Count, double Weighted, double Weights, double SquaredWeights, double Robust);
}
