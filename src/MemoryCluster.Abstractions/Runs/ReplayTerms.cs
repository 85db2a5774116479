namespace MemoryCluster;

/// <summary>The terms on which a memory is tested: those of the team's policy when it was first decided on, and the same for all its replays.</summary>
/// <param name="Confidence">How sure an effect must be.</param>
/// <param name="EffectMin">The effect that the lower bound must exceed.</param>
/// <param name="TokenCost">What doubling a run's tokens costs, in reward.</param>
/// <param name="LatencyCost">What doubling a run's time costs, in reward.</param>
[GenerateSerializer, Immutable, Alias("mc.ReplayTerms")]
public sealed record ReplayTerms(
    [property: Id(0)] double Confidence, [property: Id(1)] double EffectMin, [property: Id(2)] double TokenCost, [property: Id(3)] double LatencyCost);
