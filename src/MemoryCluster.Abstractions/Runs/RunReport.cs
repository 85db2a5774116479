namespace MemoryCluster;

/// <summary>A run with what was decided of it.</summary>
[GenerateSerializer, Immutable, Alias("mc.RunReport")]
public sealed record RunReport([property: Id(0)] RunRecord Run, [property: Id(1)] ImmutableArray<CandidateDecision> Decisions);
