namespace MemoryCluster;

/// <summary>A page of decisions, newest first.</summary>
[GenerateSerializer, Immutable, Alias("mc.DecisionPage")]
public sealed record DecisionPage([property: Id(0)] ImmutableArray<CandidateDecision> Items, [property: Id(1)] bool HasMore);
