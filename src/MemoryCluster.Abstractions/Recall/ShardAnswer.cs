namespace MemoryCluster;

/// <summary>One shard's best candidates, with the raw scores by which answers of several shards are merged.</summary>
/// <param name="Candidates">Best first by the shard's own fusion.</param>
/// <param name="Seq">The shard's sequence number when it looked.</param>
/// <param name="ChannelsSearched">Channels it could search.</param>
/// <param name="Models">Models whose vectors it holds: more than one while it moves from one to another.</param>
[GenerateSerializer, Immutable, Alias("mc.ShardAnswer")]
public sealed record ShardAnswer(
    [property: Id(0)] ImmutableArray<RecallHit> Candidates,
    [property: Id(1)] long Seq,
    [property: Id(2)] RecallChannels ChannelsSearched,
    [property: Id(3)] ImmutableArray<string> Models);
