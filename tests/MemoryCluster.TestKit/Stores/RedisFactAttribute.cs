namespace MemoryCluster.TestKit.Stores;

/// <summary>A test that needs redis-server on the PATH, and says so where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute()
    {
        if (RedisServerFixture.ServerPath is null)
            Skip = RedisServerFixture.MissingReason;
    }
}
