using MemoryCluster.LoadTests.Reports;
using MemoryCluster.LoadTests.Targets;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>A scenario on a target.</summary>
internal sealed record ScenarioSettings
{
    public required Scenario Scenario { get; init; }

    public required TargetSettings Target { get; init; }

    public required BenchSettings Bench { get; init; }

    /// <summary>Requests a second; null for a share of the capacity, which is found first.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>That share.</summary>
    public required int Percent { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>How often a process is killed; null for never.</summary>
    public TimeSpan? KillEvery { get; init; }

    /// <summary>What makes the run fail.</summary>
    public IReadOnlyList<FailCondition> FailIf { get; init; } = [];
}
