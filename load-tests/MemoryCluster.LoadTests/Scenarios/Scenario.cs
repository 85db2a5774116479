using MemoryCluster.LoadTests.Reports;
using MemoryCluster.LoadTests.Walk;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>A shape of load.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>How much of the capacity is offered where no rate is given, in percent.</summary>
    public int Percent { get; init; } = 80;

    /// <summary>Its streams: rate, duration and number of teams in, arrivals out.</summary>
    public required Func<double, TimeSpan, int, IReadOnlyList<LoadStream>> Streams { get; init; }

    /// <summary>The load by which the capacity is found, where it is not the scenario's own.</summary>
    public Func<double, TimeSpan, int, IReadOnlyList<LoadStream>>? CapacityStreams { get; init; }

    /// <summary>How often a process is killed; null for never.</summary>
    public TimeSpan? KillEvery { get; init; }

    /// <summary>Whether memories prove themselves and are offered in the second half.</summary>
    public bool HasDiffusion { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What must not hold, as <c>--fail-if</c> says it.</summary>
    public IReadOnlyList<string> FailIf { get; init; } = [];

    /// <summary>What must hold and no condition can say; nothing for most.</summary>
    public Func<LoadReport, IEnumerable<Threshold>> Demands { get; init; } = _ => [];
}
