namespace MemoryCluster.Utility;

/// <summary>Some of the memories that an outcome used, which earlier outcomes used alone together.</summary>
/// <param name="Members">A bit for each, by its place among those used now.</param>
/// <param name="Outcomes">How many outcomes.</param>
/// <param name="Reward">Their mean reward.</param>
internal readonly record struct Coalition(ulong Members, int Outcomes, double Reward);
