namespace MemoryCluster.Admission.Replay;

/// <summary>
/// The sequential paired test by which replays admit or refuse a memory: SEDM's score of a replay (arXiv 2509.09498, Eq. 1 to 5) under a
/// confidence sequence instead of a bare threshold on one mean.
/// </summary>
internal static class PairedTest
{
    // Of the reward's range: what a replay by chance may lose on the run that a memory was taken from.
    private const double OwnLossMax = 0.5;

    /// <summary>
    /// What a replay says the memory is worth: the gain in reward, less 1 where it led astray, less what its tokens and its time cost in
    /// units of the replay without it; cut to -1 to 1.
    /// </summary>
    public static double Difference(ReplayScore without, ReplayScore with, bool misled, ReplayTerms terms)
    {
        var tokens = RelativeCost(without.Tokens, with.Tokens);
        var latency = without.LatencyMs is { } before && with.LatencyMs is { } after ? RelativeCost(before, after) : 0;
        var score = with.Reward - without.Reward - (misled ? 1 : 0) - (terms.LatencyCost * latency) - (terms.TokenCost * tokens);
        return Math.Clamp(score, -1, 1);
    }

    /// <summary>The estimate that pairs give, in their order; those of the memory's own run are left out.</summary>
    public static EffectEstimate EstimateOf(IEnumerable<ReplayPair> pairs, ReplayTerms terms)
    {
        var sequence = new ConfidenceSequence(1 - terms.Confidence);
        foreach (var pair in pairs.Where(pair => !pair.IsOwn))
        {
            sequence.Add(pair.Difference);
        }

        return sequence.Estimate;
    }

    public static ReplayVerdict Judge(CandidateDecision decision) => Judge(decision.Replays, decision.Effect, decision.Terms);

    public static ReplayVerdict Judge(ImmutableArray<ReplayPair> pairs, EffectEstimate effect, ReplayTerms terms) =>
        pairs.Any(pair => pair.IsOwn && HurtsOwnRun(pair)) || effect.Upper < 0
            ? ReplayVerdict.Hurts
            : effect.Lower > terms.EffectMin ? ReplayVerdict.Helps : ReplayVerdict.Open;

    // That it costs tokens there and adds nothing is no fault of it: the run had found it out already.
    // A replayer outside of the cluster answers by chance too: one replay of it speaks only where a right answer became a wrong one.
    private static bool HurtsOwnRun(ReplayPair pair) =>
        pair.Misled || pair.Without.Reward - pair.With.Reward > (pair.Trace is null ? 0 : OwnLossMax);

    private static double RelativeCost(double without, double with) => without > 0 ? Math.Clamp((with - without) / without, -1, 1) : 0;
}
