namespace MemoryCluster.Simulations.Stores;

/// <summary>A fault planted in the stores to prove that the checkers would notice one like it in the product.</summary>
internal enum SeededBug
{
    None = 0,

    /// <summary>An append is answered before it is durable.</summary>
    AckBeforeAppend,

    /// <summary>Every owner may write and passes for the current one.</summary>
    NoEpochCheck,

    /// <summary>A deletion does not reach what is durable.</summary>
    NoTombstone,
}
