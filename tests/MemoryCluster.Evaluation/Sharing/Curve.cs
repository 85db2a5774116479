namespace MemoryCluster.Evaluation.Sharing;

/// <summary>The area under the receiver's curve: how often a positive outranks a negative, ties half.</summary>
internal static class Curve
{
    public static double Area(IReadOnlyList<(double Score, bool Label)> scored)
    {
        double wins = 0;
        int positives = 0, negatives = 0;
        foreach (var tied in scored.GroupBy(item => item.Score).OrderBy(group => group.Key))
        {
            var (up, down) = (tied.Count(item => item.Label), tied.Count(item => !item.Label));
            wins += up * (negatives + (down / 2.0));
            positives += up;
            negatives += down;
        }

        return positives == 0 || negatives == 0 ? double.NaN : wins / ((double)positives * negatives);
    }
}
