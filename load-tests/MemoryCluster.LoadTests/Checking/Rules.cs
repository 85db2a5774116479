namespace MemoryCluster.LoadTests.Checking;

/// <summary>What violations are called.</summary>
internal static class Rules
{
    public const string NotLinearizable = "not linearizable";
    public const string Lost = "lost";
    public const string Phantom = "phantom";
    public const string Resurrected = "resurrected";
    public const string Duplicate = "duplicate";
    public const string Stale = "stale";
    public const string WentBack = "went back";
    public const string OwnWriteMissed = "own write missed";
}
