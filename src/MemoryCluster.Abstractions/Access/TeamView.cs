namespace MemoryCluster;

/// <summary>A team with its counts.</summary>
[GenerateSerializer, Immutable, Alias("mc.TeamView")]
public sealed record TeamView([property: Id(0)] TeamRecord Team, [property: Id(1)] ShardStatistics Statistics);
