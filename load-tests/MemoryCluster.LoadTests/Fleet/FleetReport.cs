namespace MemoryCluster.LoadTests.Fleet;

/// <summary>What happened to a fleet, and how long it was out of service for it.</summary>
/// <param name="Kind">Such as "silo kills".</param>
internal sealed record FleetFaults(string Kind, int Count, double OutageMsMedian, double OutageMsP99, double OutageMsMax);

/// <summary>How a run went.</summary>
internal sealed record FleetReport
{
    public required int Silos { get; init; }

    public required int Seed { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<FleetFaults> Faults { get; init; }

    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    public required int Violations { get; init; }

    public required IReadOnlyList<string> FirstViolations { get; init; }

    public override string ToString()
    {
        var acknowledged = Counts.Where(count => count.Key.StartsWith("writes", StringComparison.Ordinal)).Sum(count => count.Value);
        var looks = Counts.GetValueOrDefault("looks by id");
        // Rule of three (Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?", 1983).
        var verdict = Violations == 0
            ? $"0 lost, 0 duplicates, 0 stale or resurrected in {acknowledged:N0} acknowledged writes and {looks:N0} looks: 95 % bounds {3.0 / acknowledged:G2} a write and {3.0 / looks:G2} a look"
            : $"{Violations} VIOLATIONS, the first of them:\n{string.Join('\n', FirstViolations)}";
        return string.Join('\n', [
            $"{Silos} silos and a gateway on Redis, seed {Seed}, {Seconds:F0} s",
            .. Faults.Select(faults => $"  {faults.Count,9:N0} {faults.Kind}: every team served again after {faults.OutageMsMedian:F0} ms (median), {faults.OutageMsP99:F0} ms (p99), {faults.OutageMsMax:F0} ms (longest)"),
            .. Counts.Select(count => $"  {count.Value,9:N0} {count.Key}"),
            verdict,
        ]);
    }
}
