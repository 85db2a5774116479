namespace MemoryCluster.Gateway.Tests.Shedding;

/// <summary>Time that passes only when a test says so.</summary>
internal sealed class VirtualClock : TimeProvider
{
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
