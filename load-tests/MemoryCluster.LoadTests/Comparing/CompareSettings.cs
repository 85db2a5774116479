using MemoryCluster.LoadTests.Scenarios;
using MemoryCluster.LoadTests.Targets;

namespace MemoryCluster.LoadTests.Comparing;

/// <summary>Which engines and stores are compared, and how long.</summary>
internal sealed record CompareSettings
{
    public required IReadOnlyList<(string Name, TargetSettings Target)> Variants { get; init; }

    public required BenchSettings Bench { get; init; }

    public required int Rounds { get; init; }

    /// <summary>Time of one reading; there are two of each variant in a round.</summary>
    public required TimeSpan Slice { get; init; }

    /// <summary>The least ratio of the cluster's throughput to that of one local process on files, in percent.</summary>
    public required int PercentMin { get; init; }
}
