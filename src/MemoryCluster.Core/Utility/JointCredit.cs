using System.Numerics;

namespace MemoryCluster.Utility;

/// <summary>
/// Splits what an outcome was above or below the average among the memories used: the Shapley value of the game that the log supports.
/// </summary>
/// <remarks>
/// What a coalition of them would have earned is, where nothing is logged, the sum of what each has shown, with the surprise, the rest of
/// this outcome, spread over them by portion; the Shapley value of that is each one's own summand. Coalitions that were logged differ
/// from it by what the log says, drawn towards it while outcomes are few. The Shapley value is linear in the game, and a difference at one
/// coalition T of n moves its members by 1 / (n C(n-1, t-1)) of it and the others by -1 / (n C(n-1, t)): exact, and without sampling
/// orders (L. Shapley, A value for n-person games, 1953).
/// </remarks>
internal static class JointCredit
{
    // Outcomes at which the log of a coalition counts half.
    private const double HalfTrust = 4;

    /// <param name="value">What the outcome was above or below the average.</param>
    /// <param name="average">The average.</param>
    /// <param name="shown">The mean share that use has shown of each memory.</param>
    /// <param name="portions">How the surprise is spread; above 0.</param>
    /// <param name="logged">What was logged of some of the memories alone, of not more than 64.</param>
    /// <param name="credits">Filled with each memory's share; they sum up to <paramref name="value"/> where none is cut off at -1 or 1.</param>
    public static void Split(
        double value, double average, ReadOnlySpan<double> shown, ReadOnlySpan<double> portions, ReadOnlySpan<Coalition> logged, Span<double> credits)
    {
        var surprise = value;
        var whole = 0.0;
        for (var i = 0; i < shown.Length; i++)
        {
            surprise -= shown[i];
            whole += portions[i];
        }

        Span<double> summands = stackalloc double[Math.Min(shown.Length, 64)];
        for (var i = 0; i < shown.Length; i++)
        {
            credits[i] = shown[i] + (surprise * portions[i] / whole);
            if (i < summands.Length)
            {
                summands[i] = credits[i];
            }
        }

        foreach (var coalition in logged)
        {
            Correct(coalition, average, summands, credits);
        }

        for (var i = 0; i < credits.Length; i++)
        {
            credits[i] = Math.Clamp(credits[i], -1, 1);
        }
    }

    private static void Correct(Coalition coalition, double average, ReadOnlySpan<double> summands, Span<double> credits)
    {
        var n = summands.Length;
        var size = BitOperations.PopCount(coalition.Members);
        if (size == 0 || size == n)
        {
            return;
        }

        var expected = 0.0;
        for (var i = 0; i < n; i++)
        {
            expected += (coalition.Members >> i & 1) != 0 ? summands[i] : 0;
        }

        var difference = (coalition.Reward - average - expected) * coalition.Outcomes / (coalition.Outcomes + HalfTrust);
        var (inside, outside) = (difference / (n * Choose(n - 1, size - 1)), -difference / (n * Choose(n - 1, size)));
        for (var i = 0; i < n; i++)
        {
            credits[i] += (coalition.Members >> i & 1) != 0 ? inside : outside;
        }
    }

    private static double Choose(int n, int k)
    {
        var ways = 1.0;
        for (var i = 1; i <= k; i++)
        {
            ways = ways * (n - k + i) / i;
        }

        return ways;
    }
}
