using System.Collections.Immutable;
using MemoryCluster.Admission.Replay;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Effects;

/// <summary>What an admitted memory did for runs that its admission knew nothing of.</summary>
/// <param name="Task">The task that it was learned on.</param>
/// <param name="Pairs">Replays on later runs that put its question.</param>
internal sealed record MeasuredEffect(LoggedTask Task, ImmutableArray<ReplayPair> Pairs)
{
    private EffectEstimate Estimate { get; } = PairedTest.EstimateOf(Pairs, new TeamPolicy().ReplayTerms);

    public double Mean => Pairs.Length == 0 ? 0 : Pairs.Average(pair => pair.Difference);

    /// <summary>Whether it was worse than nothing on average.</summary>
    public bool IsNegative => Mean < 0;

    /// <summary>Whether that is shown at the confidence on which memories are admitted.</summary>
    public bool IsShownNegative => Estimate.Upper < 0;

    /// <summary>Whether it said otherwise than a run found.</summary>
    public bool Misleads => Pairs.Any(pair => pair.Misled);
}
