namespace MemoryCluster.Consolidation;

/// <summary>
/// What an insight has left of its credit (G-Memory, arXiv 2506.07398, and its code, GMemory.py): it starts at 2, each use that ended well adds
/// 1, each that ended ill takes 2, and at 0 it is removed. It follows from counters that outcomes keep anyway.
/// </summary>
internal static class InsightScore
{
    private const long Start = 2;
    private const long Gain = 1;
    private const long Loss = 2;

    public static long Of(MemoryUtility utility) => Start + (Gain * utility.Successes) - (Loss * (utility.Uses - utility.Successes));

    /// <summary>Whether it is an insight of our making that is to go.</summary>
    public static bool IsSpent(MemoryRecord memory) => PairRules.IsMade(memory) && Of(memory.Utility) <= 0;
}
