namespace MemoryCluster.Admission.Gate;

/// <summary>A team's policies as they are stored.</summary>
internal sealed record StoredGateHistory(ImmutableArray<StoredGatePolicy> Policies, long ActiveVersion, long NextVersion);
