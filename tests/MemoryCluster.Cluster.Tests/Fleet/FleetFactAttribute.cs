using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Cluster.Tests.Fleet;

/// <summary>A test that needs a cluster of processes: the Orleans engine and redis-server. It says so where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FleetFactAttribute : FactAttribute
{
#if ENGINE_ORLEANS
    private const string? EngineMissing = null;
#else
    private const string? EngineMissing = "The local engine is one process; build with -p:Engine=Orleans.";
#endif

    public FleetFactAttribute() => Skip = EngineMissing ?? (RedisServerFixture.ServerPath is null ? RedisServerFixture.MissingReason : null);
}
