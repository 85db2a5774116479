using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>What the simulated network does to messages between silos, and between clients and silos. Calls within a silo are not messages.</summary>
public sealed class MessageFaults
{
    /// <summary>The shortest way of a message. Default 100 µs.</summary>
    public TimeSpan LatencyMin { get; set; } = TimeSpan.FromMicroseconds(100);

    /// <summary>The longest ordinary way of a message. Default 2 ms.</summary>
    public TimeSpan LatencyMax { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Probability that a message never arrives. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double Lose { get; set; }

    /// <summary>Probability that a message arrives twice. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double Duplicate { get; set; }

    /// <summary>Probability that a message is delayed by up to <see cref="DelayMax"/>. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double Delay { get; set; }

    /// <summary>The longest extra delay. Default 5 s.</summary>
    public TimeSpan DelayMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Probability that a message may overtake those sent before it on the same way. Default 0: a way keeps its order.</summary>
    [Range(0.0, 1.0)]
    public double Reorder { get; set; }
}
