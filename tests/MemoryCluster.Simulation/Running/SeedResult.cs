using MemoryCluster.Simulations.Checking;
using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Running;

/// <summary>What became of one seed.</summary>
internal sealed record SeedResult
{
    public required int Seed { get; init; }

    public ulong TraceHash { get; init; }

    public History History { get; init; } = new();

    /// <summary>Reported runs that were decided again from the log.</summary>
    public int Decided { get; init; }

    /// <summary>Shards that became two.</summary>
    public int Splits { get; init; }

    public ImmutableArray<Violation> Violations { get; init; } = [];
}
