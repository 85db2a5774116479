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

        Span<double> ways = stackalloc double[summands.Length];
        Choose(ways);
        var all = 0.0;
        foreach (var coalition in logged)
        {
            all += Correct(coalition, average, summands, ways, credits);
        }

        for (var i = 0; i < credits.Length; i++)
        {
            credits[i] = Math.Clamp(credits[i] + all, -1, 1);
        }
    }

    // Moves the members, and returns by how much all move, so that its cost is by the members alone.
    private static double Correct(Coalition coalition, double average, ReadOnlySpan<double> summands, ReadOnlySpan<double> ways, Span<double> credits)
    {
        var n = summands.Length;
        var size = BitOperations.PopCount(coalition.Members);
        if (size == 0 || size == n)
        {
            return 0;
        }

        var expected = 0.0;
        for (var members = coalition.Members; members != 0; members &= members - 1)
        {
            expected += summands[BitOperations.TrailingZeroCount(members)];
        }

        var difference = (coalition.Reward - average - expected) * coalition.Outcomes / (coalition.Outcomes + HalfTrust);
        var (inside, outside) = (difference / (n * ways[size - 1]), -difference / (n * ways[size]));
        for (var members = coalition.Members; members != 0; members &= members - 1)
        {
            credits[BitOperations.TrailingZeroCount(members)] += inside - outside;
        }

        return outside;
    }

    // In how many ways k of all but one are chosen, for each k.
    private static void Choose(Span<double> ways)
    {
        var (n, chosen) = (ways.Length - 1, 1.0);
        for (var k = 0; k <= n; k++)
        {
            ways[k] = chosen;
            chosen = chosen * (n - k) / (k + 1);
        }
    }
}
