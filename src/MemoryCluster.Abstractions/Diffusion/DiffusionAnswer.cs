namespace MemoryCluster;

/// <summary>What another team's shard made of an offer.</summary>
/// <param name="IsAccepted">Whether the copy is there, as a candidate or better.</param>
/// <param name="Reason">Why not: a stable word; empty where it is.</param>
[GenerateSerializer, Immutable, Alias("mc.DiffusionAnswer")]
public readonly record struct DiffusionAnswer([property: Id(0)] bool IsAccepted, [property: Id(1)] string Reason);
