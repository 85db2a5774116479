namespace MemoryCluster.Records;

/// <summary>An outcome as it was counted: what later ones are split by.</summary>
/// <param name="Used">The memories used.</param>
/// <param name="Reward">0 to 1.</param>
/// <param name="Elsewhere">What falls to other shards: told again until they have it, also by an owner that never saw the recall. Null for nothing.</param>
internal sealed record StoredOutcome(ImmutableArray<MemoryId> Used, double Reward, ImmutableArray<MemoryCredit>? Elsewhere = null);
