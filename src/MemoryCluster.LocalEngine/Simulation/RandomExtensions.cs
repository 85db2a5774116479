namespace MemoryCluster.LocalEngine.Simulation;

internal static class RandomExtensions
{
    public static TimeSpan Between(this Random random, TimeSpan min, TimeSpan max) =>
        TimeSpan.FromTicks(random.NextInt64(min.Ticks, Math.Max(min.Ticks, max.Ticks) + 1));
}
