using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.Host.Tests.Chaos;

/// <summary>A fact that starts a redis-server of its own; where the machine has none, it says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute()
    {
        if (!RedisProcess.IsInstalled())
            Skip = "redis-server is not installed; .ci/run installs it.";
    }
}
