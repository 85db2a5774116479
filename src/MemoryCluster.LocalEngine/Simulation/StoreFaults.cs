using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>How often the simulated stores fail, and how slow they are.</summary>
public sealed class StoreFaults
{
    /// <summary>The shortest time an operation takes. Default 50 µs.</summary>
    public TimeSpan LatencyMin { get; set; } = TimeSpan.FromMicroseconds(50);

    /// <summary>The longest ordinary time an operation takes. Default 3 ms.</summary>
    public TimeSpan LatencyMax { get; set; } = TimeSpan.FromMilliseconds(3);

    /// <summary>Probability that an operation fails and did nothing. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double FailBefore { get; set; }

    /// <summary>Probability that an operation fails although it took effect. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double FailAfter { get; set; }

    /// <summary>Probability that an operation of several parts fails after some of them. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double HalfApply { get; set; }

    /// <summary>Probability that an operation is delayed by up to <see cref="DelayMax"/>. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double Delay { get; set; }

    /// <summary>The longest extra delay. Default 5 s.</summary>
    public TimeSpan DelayMax { get; set; } = TimeSpan.FromSeconds(5);
}
