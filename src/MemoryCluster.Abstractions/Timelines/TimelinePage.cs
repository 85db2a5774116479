namespace MemoryCluster;

/// <summary>Part of a timeline.</summary>
/// <param name="Nodes">In the order of time.</param>
/// <param name="HasMore">Whether others follow that the limit left out.</param>
[GenerateSerializer, Immutable, Alias("mc.TimelinePage")]
public sealed record TimelinePage([property: Id(0)] ImmutableArray<TimelineNode> Nodes, [property: Id(1)] bool HasMore);
