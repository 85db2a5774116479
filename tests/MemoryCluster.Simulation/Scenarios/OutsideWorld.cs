using System.Buffers.Binary;

namespace MemoryCluster.Simulations.Scenarios;

/// <summary>What stands outside of the cluster and outlives its silos: agents that replay runs, and what they were sent.</summary>
internal sealed class OutsideWorld
{
    /// <summary>Under what name they are registered.</summary>
    public const string Replayer = "outside";

    private readonly List<(DateTimeOffset At, ReplayRequest Request)> _sent = [];

    /// <summary>The time outside, by which callers too go.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Lets time pass outside.</summary>
    public Func<TimeSpan, Task> Delay { get; set; } = _ => Task.CompletedTask;

    /// <summary>Every request that arrived, and when.</summary>
    public IReadOnlyList<(DateTimeOffset At, ReplayRequest Request)> Sent => _sent;

    public void Note(ReplayRequest request) => _sent.Add((Clock.GetUtcNow(), request));

    /// <summary>What the agents answer a request with, whenever and however often it comes.</summary>
    public static double RewardOf(Guid fingerprint)
    {
        Span<byte> bytes = stackalloc byte[16];
        fingerprint.TryWriteBytes(bytes);
        return (BinaryPrimitives.ReadUInt32LittleEndian(bytes) % 101) / 100.0;
    }
}
