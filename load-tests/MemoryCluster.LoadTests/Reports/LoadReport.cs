using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Targets;
using MemoryCluster.LoadTests.Walk;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>A run with everything that was measured.</summary>
internal sealed record LoadReport
{
    /// <summary>The name of the stream that stands for all of them.</summary>
    public const string All = "all";

    public required string Scenario { get; init; }

    public required string Target { get; init; }

    public required string Machine { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required int Seed { get; init; }

    public required int Memories { get; init; }

    public required int Teams { get; init; }

    public required int Callers { get; init; }

    public required double Seconds { get; init; }

    public required double RatePerSecond { get; init; }

    /// <summary>The highest rate that was kept up with, where it was looked for.</summary>
    public double? CapacityPerSecond { get; init; }

    public IReadOnlyList<RateStep> CapacitySteps { get; init; } = [];

    /// <summary>Of the machine while the load ran, the server and this program included.</summary>
    public double? LoadAverage { get; init; }

    /// <summary>All together first, then each stream.</summary>
    public required IReadOnlyList<StreamFigures> Streams { get; init; }

    public required IReadOnlyList<TimelinePoint> Timeline { get; init; }

    /// <summary>How often each problem's code or failure came.</summary>
    public required IReadOnlyDictionary<string, long> Problems { get; init; }

    public IReadOnlyList<ProcessReading> Processes { get; init; } = [];

    public IReadOnlyList<KillFigures> Kills { get; init; } = [];

    public WriteCheck? Writes { get; init; }

    /// <summary>What else was counted, such as offers between teams.</summary>
    public IReadOnlyDictionary<string, double> Counts { get; init; } = new Dictionary<string, double>();

    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];
}
