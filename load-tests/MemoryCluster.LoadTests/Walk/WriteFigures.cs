using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Walk;

/// <summary>Single writes, each durable before its answer, beside the floors of the same rounds.</summary>
internal sealed record WriteFigures
{
    /// <summary>4 KB appended and synced, over and over, by one thread.</summary>
    public required Spread SyncPerSecond { get; init; }

    public required Spread SyncP50Ms { get; init; }

    /// <summary>One caller of the empty endpoint.</summary>
    public required Spread HttpP50Ms { get; init; }

    /// <summary>Many callers.</summary>
    public required Spread PerSecond { get; init; }

    /// <summary>Their rate over the sync rate, within each round.</summary>
    public required Spread RatioToSync { get; init; }

    /// <summary>What the many callers saw, all rounds together.</summary>
    public required LoadFigures ManyCallers { get; init; }

    /// <summary>What one caller saw, all rounds together.</summary>
    public required LoadFigures OneCaller { get; init; }

    public required Spread OneCallerP50Ms { get; init; }

    /// <summary>One caller's p50 over 1.5 syncs and an empty call, within each round.</summary>
    public required Spread OneCallerToLimit { get; init; }
}
