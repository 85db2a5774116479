namespace MemoryCluster;

/// <summary>Which tiers a recall looks in.</summary>
[Flags]
public enum RecallScopes
{
    None = 0,
    Private = 1,
    Team = 2,
    Shared = 4,
    All = Private | Team | Shared,
}
