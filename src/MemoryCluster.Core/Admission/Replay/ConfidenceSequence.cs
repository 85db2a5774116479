namespace MemoryCluster.Admission.Replay;

/// <summary>
/// A confidence sequence for the mean of differences in -1 to 1: an interval that holds the true mean at every look at once with
/// probability at least 1 - alpha, so that one may stop whenever it has decided.
/// </summary>
/// <remarks>
/// The hedged capital process of Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86 (2024),
/// §4.3, Theorem 3, with the predictable plug-in bets of their equation 26, each side given half of alpha. A difference d is looked at as
/// x = (d + 1) / 2. Against every mean m a gambler bets that the next x is above it and another that it is below; a mean is left out
/// once one of the two has multiplied its stake by 2 / alpha. Bets are cut at 3/4 of what could ruin the gambler, the paper's choice.
/// Both capitals are monotone in m, so that the ends are found by bisection.
/// </remarks>
internal sealed class ConfidenceSequence
{
    private const double BetShareMax = 0.75;
    private const int BisectionSteps = 40;

    private readonly double _alpha;
    private readonly List<(double Value, double Bet)> _seen = [];
    private double _sum;
    private double _squares;

    public ConfidenceSequence(double alpha)
    {
        if (!(alpha > 0 && alpha < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "It must lie between 0 and 1.");
        }

        _alpha = alpha;
    }

    public int Count => _seen.Count;

    /// <summary>Mean of the differences so far; 0 before the first.</summary>
    public double Mean => Count == 0 ? 0 : (2 * _sum / Count) - 1;

    /// <summary>The mean is at least this…</summary>
    public double Lower { get; private set; } = -1;

    /// <summary>…and at most this.</summary>
    public double Upper { get; private set; } = 1;

    public EffectEstimate Estimate => new(Count, Mean, Lower, Upper);

    public void Add(double difference)
    {
        if (!(difference >= -1 && difference <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(difference), difference, "It must lie between -1 and 1.");
        }

        var value = (difference + 1) / 2;
        // The bet is made before the value is seen: it rests on those before it alone.
        _seen.Add((value, NextBet()));
        _sum += value;
        var mean = (0.5 + _sum) / (Count + 1);
        _squares += (value - mean) * (value - mean);

        // What was once left out stays out: the intervals of all looks are intersected.
        Lower = Math.Max(Lower, (2 * LeastMean()) - 1);
        Upper = Math.Min(Upper, (2 * GreatestMean()) - 1);
    }

    private double NextBet()
    {
        var variance = (0.25 + _squares) / (Count + 1);
        var look = Count + 1;
        return Math.Sqrt(2 * Math.Log(2 / _alpha) / (variance * look * Math.Log(1 + look)));
    }

    private double LeastMean() => Bisect(
        mean => _seen.Sum(seen => Math.Log(1 + (Math.Min(seen.Bet, BetShareMax / mean) * (seen.Value - mean)))), isLow: true);

    private double GreatestMean() => Bisect(
        mean => _seen.Sum(seen => Math.Log(1 - (Math.Min(seen.Bet, BetShareMax / (1 - mean)) * (seen.Value - mean)))), isLow: false);

    // The last mean that a capital of 2 / alpha leaves out, from below or from above.
    private double Bisect(Func<double, double> capital, bool isLow)
    {
        var (low, high) = (0.0, 1.0);
        var limit = Math.Log(2 / _alpha);
        for (var step = 0; step < BisectionSteps; step++)
        {
            var middle = (low + high) / 2;
            if (capital(middle) >= limit == isLow)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        // The end on the side of the mean: what is not proved out stays in.
        return isLow ? low : high;
    }
}
