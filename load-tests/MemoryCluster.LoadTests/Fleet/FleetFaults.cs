namespace MemoryCluster.LoadTests.Fleet;

/// <summary>What happened to a fleet, and how long it was out of service for it.</summary>
/// <param name="Kind">Such as "silo kills".</param>
/// <param name="OutageMsMedian">Until every team was served again; of cut links and upgrades the longest that any team was not served.</param>
/// <param name="UnreadyMsMedian">Until the silo that was cut off from Redis said that it is not ready; null for other faults.</param>
internal sealed record FleetFaults(
    string Kind, int Count, double OutageMsMedian, double OutageMsP99, double OutageMsMax, double? UnreadyMsMedian = null, double? UnreadyMsMax = null)
{
    public override string ToString()
    {
        var unready = UnreadyMsMax is null ? "" : $"; the silo unready after {UnreadyMsMedian:F0} ms (median), {UnreadyMsMax:F0} ms (longest)";
        return $"{Count,9:N0} {Kind}: out of service for {OutageMsMedian:F0} ms (median), {OutageMsP99:F0} ms (p99), {OutageMsMax:F0} ms (longest){unready}";
    }
}
