namespace MemoryCluster.LoadTests.Histories;

internal static class ClockExtensions
{
    private const long PerSecond = 1_000_000_000;

    /// <summary>The clock's timestamp in nanoseconds, for all clients of a process on one scale.</summary>
    public static long Nanoseconds(this TimeProvider clock)
    {
        var (seconds, rest) = Math.DivRem(clock.GetTimestamp(), clock.TimestampFrequency);
        return (seconds * PerSecond) + (rest * PerSecond / clock.TimestampFrequency);
    }
}
