namespace MemoryCluster;

/// <summary>
/// Each channel's share of a hit's relevance: their sum is its logarithm but for a constant. A share below 0 speaks against the hit; 0
/// is that of a channel which has nothing to say. Where one channel alone is searched, its share is its own raw score.
/// </summary>
/// <param name="Vector">By meaning.</param>
/// <param name="Lexical">By words, with the name of its speaker or its title.</param>
/// <param name="Utility">The memory's learned weight, by which relevance is multiplied.</param>
/// <param name="Graph">By the turns beside it, its session, and the things that it shares with other hits.</param>
/// <param name="Temporal">By the days on which it happened or of which it tells.</param>
[GenerateSerializer, Immutable, Alias("mc.ChannelScores")]
public readonly record struct ChannelScores(
    [property: Id(0)] float Vector,
    [property: Id(2)] float Lexical,
    [property: Id(4)] float Utility,
    [property: Id(5)] float Graph,
    [property: Id(7)] float Temporal);
