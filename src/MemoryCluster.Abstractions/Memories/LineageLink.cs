namespace MemoryCluster;

/// <summary>One memory that another came from, or that came of it.</summary>
/// <param name="Relation">How the two hang together.</param>
/// <param name="Memory">The other one, as the asker may see it.</param>
[GenerateSerializer, Immutable, Alias("mc.LineageLink")]
public sealed record LineageLink([property: Id(0)] LineageRelation Relation, [property: Id(1)] MemoryRecord Memory);
