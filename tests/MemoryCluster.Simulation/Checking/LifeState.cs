using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>One memory at one moment: not yet written (version 0), there, or deleted (version -1).</summary>
/// <param name="Version">Counts its changes from 1.</param>
/// <param name="Wording">Null where it cannot be told: then it may be any.</param>
internal readonly record struct LifeState(int Version, Wording? Wording)
{
    public static readonly LifeState Unwritten = new(0, null);

    public static readonly LifeState Gone = new(-1, null);

    public bool IsThere => Version > 0;
}
