using MemoryCluster.LoadTests.Checking;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>How a run went.</summary>
internal sealed record FleetReport
{
    public required int Silos { get; init; }

    public required int Seed { get; init; }

    /// <summary>How silos reached each other, and how links were cut.</summary>
    public required string Network { get; init; }

    /// <summary>While writers wrote and readers read.</summary>
    public required double Seconds { get; init; }

    public required IReadOnlyList<FleetFaults> Faults { get; init; }

    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    public required HistoryVerdict Verdict { get; init; }

    /// <summary>Those of the history, and those that were seen while the run went on.</summary>
    public required int Violations { get; init; }

    public required IReadOnlyList<string> FirstViolations { get; init; }

    public bool Holds => Violations == 0 && Verdict.Undecided.Count == 0;

    public override string ToString() => string.Join('\n', [
        $"{Silos} silos and a gateway on Redis, seed {Seed}, {Seconds:F0} s under load; {Network}",
        .. Faults.Select(faults => $"  {faults}"),
        .. Counts.Select(count => $"  {count.Value,9:N0} {count.Key}"),
        $"  {Writes / Seconds,9:F0} acknowledged writes and {Reads / Seconds:F0} answered reads a second, outages included",
        $"{Verdict.KeysLinearizable:N0} of {Verdict.Keys:N0} memories linearizable, "
            + $"{Verdict.Operations:N0} operations by id and {Verdict.Sightings:N0} memories on pages checked",
        .. Verdict.Undecided.Select(undecided => $"UNDECIDED: {undecided}"),
        .. Holds ? Bounds() : [$"{Violations} VIOLATIONS, the first of them:\n{string.Join('\n', FirstViolations)}"],
    ]);

    private int Writes => Counts.Where(count => count.Key.StartsWith("writes", StringComparison.Ordinal)).Sum(count => count.Value);

    private int Reads => Counts.GetValueOrDefault("looks by id") + Counts.GetValueOrDefault("recalls");

    // Rule of three (Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?", 1983).
    private IEnumerable<string> Bounds() =>
    [
        $"0 lost, doubled, stale or resurrected in {Writes:N0} acknowledged writes and {Reads:N0} reads: "
            + $"95 % bounds {3.0 / Writes:G2} a write and {3.0 / Reads:G2} a read",
        .. Faults.Select(faults => $"0 violations in {faults.Count:N0} {faults.Kind}: 95 % bound {Math.Min(1, 3.0 / faults.Count):G2}"),
    ];
}
