namespace MemoryCluster.Utility;

/// <summary>What ranking needs of a memory's counters, in sixteen bytes.</summary>
internal readonly record struct FadingWeight(float Prior, float Trials, float Credit, uint UsedMinute)
{
    public static FadingWeight Of(MemoryUtility utility) => new(
        (float)(utility.Prior ?? utility.Weight), (float)utility.Trials, (float)utility.Credit, utility.LastUsedAt is { } at ? MinuteOf(at) : 0);

    public static uint MinuteOf(DateTimeOffset at) => (uint)Math.Clamp(at.ToUnixTimeSeconds() / 60, 0, uint.MaxValue);

    /// <summary>
    /// The weight where the team's last use was in <paramref name="latestMinute"/>. What is less tried stands above what is more tried with the
    /// same weight (the square root of UCB1, Auer et al. 2002), the untried at its weight itself: no chance is drawn.
    /// </summary>
    public double At(uint latestMinute, UtilityPolicy policy)
    {
        if (Trials <= 0)
        {
            return Prior;
        }

        var fade = UtilityRules.Fade(TimeSpan.FromMinutes(latestMinute > UsedMinute ? latestMinute - UsedMinute : 0), policy);
        var trials = Trials * fade;
        var explored = (1 + (policy.Exploration / Math.Sqrt(1 + trials))) / (1 + policy.Exploration);
        return explored * UtilityRules.WeightOf(Prior, trials, Credit * fade, policy);
    }
}
