using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>How long the faults of one kind put what out of service.</summary>
internal sealed class FaultTimes
{
    public LogHistogram Outages { get; } = new();

    public LogHistogram Unready { get; } = new();

    public FleetFaults Of(string kind, int count) => new(
        kind, count, Milliseconds(Outages, 0.5), Milliseconds(Outages, 0.99), Outages.Max.TotalMilliseconds,
        Unready.Count > 0 ? Milliseconds(Unready, 0.5) : null, Unready.Count > 0 ? Unready.Max.TotalMilliseconds : null);

    private static double Milliseconds(LogHistogram times, double share) => times.Percentile(share).TotalMilliseconds;
}
