namespace MemoryCluster.Records;

/// <summary>An outcome as it was counted: what later ones are split by.</summary>
/// <param name="Used">The memories used.</param>
/// <param name="Reward">0 to 1.</param>
internal sealed record StoredOutcome(ImmutableArray<MemoryId> Used, double Reward);
