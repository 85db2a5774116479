namespace MemoryCluster;

/// <summary>What each channel made of a hit: the raw score, and its rank in the channel from 1; 0 where the channel did not find it.</summary>
[GenerateSerializer, Immutable, Alias("mc.ChannelScores")]
public readonly record struct ChannelScores(
    [property: Id(0)] float Vector,
    [property: Id(1)] int VectorRank,
    [property: Id(2)] float Lexical,
    [property: Id(3)] int LexicalRank,
    [property: Id(4)] float Utility,
    [property: Id(5)] float Graph,
    [property: Id(6)] int GraphRank);
