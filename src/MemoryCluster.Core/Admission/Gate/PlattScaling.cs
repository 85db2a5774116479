namespace MemoryCluster.Admission.Gate;

/// <summary>Turns scores into probabilities by two parameters (Platt 1999, with his smoothed targets): a few hundred labels are enough.</summary>
/// <remarks>Newton's method with backtracking, as Lin, Lin and Weng 2007 advise: without it, scores far apart throw it off.</remarks>
public static class PlattScaling
{
    // The loss is convex and has two parameters: a handful of steps is usual.
    private const int StepsMax = 100;
    private const int HalvingsMax = 40;
    private const double ChangeMin = 1e-9;

    // Keeps the curvature above 0 where labels are parted.
    private const double Ridge = 1e-6;

    /// <summary>Slope and offset of the log-odds; 1 and 0 while all labels are alike.</summary>
    public static (double Slope, double Offset) Fit(ReadOnlySpan<(double Score, bool Label)> scored)
    {
        var positives = 0;
        foreach (var (_, label) in scored)
        {
            positives += label ? 1 : 0;
        }

        var negatives = scored.Length - positives;
        if (positives == 0 || negatives == 0)
        {
            return (1, 0);
        }

        var targets = (High: (positives + 1.0) / (positives + 2.0), Low: 1.0 / (negatives + 2.0));
        var constant = (Slope: 0.0, Offset: Math.Log((positives + 1.0) / (negatives + 1.0)));
        var fitted = Descend(scored, targets, constant);
        // A score that ranks the wrong way round tells nothing: its order is not turned over by a calibration.
        return fitted.Slope > 0 ? fitted : constant;
    }

    private static (double Slope, double Offset) Descend(
        ReadOnlySpan<(double Score, bool Label)> scored, (double High, double Low) targets, (double Slope, double Offset) at)
    {
        var loss = Loss(scored, targets, at);
        for (var step = 0; step < StepsMax; step++)
        {
            var change = NewtonStep(scored, targets, at);
            var width = 1.0;
            var next = (at.Slope - change.Slope, at.Offset - change.Offset);
            var nextLoss = Loss(scored, targets, next);
            for (var halving = 0; nextLoss > loss && halving < HalvingsMax; halving++)
            {
                width /= 2;
                next = (at.Slope - (width * change.Slope), at.Offset - (width * change.Offset));
                nextLoss = Loss(scored, targets, next);
            }

            if (nextLoss >= loss - ChangeMin)
            {
                break;
            }

            (at, loss) = (next, nextLoss);
        }

        return at;
    }

    private static double Loss(ReadOnlySpan<(double Score, bool Label)> scored, (double High, double Low) targets, (double Slope, double Offset) at)
    {
        var loss = 0.0;
        foreach (var (score, label) in scored)
        {
            var odds = (at.Slope * score) + at.Offset;
            // log(1 + e^odds) - target odds, written so that large odds do not overflow.
            loss += Math.Max(odds, 0) + Math.Log(1 + Math.Exp(-Math.Abs(odds))) - ((label ? targets.High : targets.Low) * odds);
        }

        return loss;
    }

    private static (double Slope, double Offset) NewtonStep(
        ReadOnlySpan<(double Score, bool Label)> scored, (double High, double Low) targets, (double Slope, double Offset) at)
    {
        double slopeGradient = 0, offsetGradient = 0, slopeCurve = Ridge, offsetCurve = Ridge, cross = 0;
        foreach (var (score, label) in scored)
        {
            var probability = 1 / (1 + Math.Exp(-((at.Slope * score) + at.Offset)));
            var difference = probability - (label ? targets.High : targets.Low);
            var curve = probability * (1 - probability);
            slopeGradient += difference * score;
            offsetGradient += difference;
            slopeCurve += curve * score * score;
            offsetCurve += curve;
            cross += curve * score;
        }

        var determinant = (slopeCurve * offsetCurve) - (cross * cross);
        return (((offsetCurve * slopeGradient) - (cross * offsetGradient)) / determinant, ((slopeCurve * offsetGradient) - (cross * slopeGradient)) / determinant);
    }
}
