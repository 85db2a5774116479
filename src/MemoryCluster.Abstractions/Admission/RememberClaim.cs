namespace MemoryCluster;

/// <summary>Why a candidate belongs to a shard, whatever its placement: what a team of several shards asks of each before it writes.</summary>
public enum RememberClaim
{
    /// <summary>For no reason.</summary>
    None = 0,

    /// <summary>The shard has a memory that the candidate would be merged into.</summary>
    Duplicate,

    /// <summary>The shard has carried the same request out, or is about to.</summary>
    Operation,
}
