namespace MemoryCluster.Grains.Controller;

/// <summary>The ranges of a policy.</summary>
internal static class TeamPolicyRules
{
    private const int WordsMinMax = 1_000;
    private const int MemoriesMaxMax = 10_000_000;

    /// <exception cref="MemoryClusterException"><see cref="MemoryFault.BadRequest"/>, naming the member that is out of range.</exception>
    public static void Check(TeamPolicy policy)
    {
        Share("mergeSimilarity", policy.MergeSimilarity);
        Share("candidateWeight", policy.CandidateWeight);
        Count("wordsMin", policy.WordsMin, 0, WordsMinMax);
        Count("memoriesMax", policy.MemoriesMax, 1, MemoriesMaxMax);
    }

    private static void Share(string field, double value)
    {
        // written so that NaN fails it too
        if (!(value >= 0 && value <= 1))
        {
            throw OutOfRange($"{field} is {value}; it must lie between 0 and 1.", field);
        }
    }

    private static void Count(string field, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            throw OutOfRange($"{field} is {value}; it must lie between {min} and {max}.", field);
        }
    }

    private static MemoryClusterException OutOfRange(FormattableString message, string field) =>
        new(MemoryFault.BadRequest, FormattableString.Invariant(message), code: "out_of_range", field: field);
}
