namespace MemoryCluster.LoadTests.Chaos;

/// <summary>How a run went.</summary>
internal sealed record ChaosReport
{
    public required string Store { get; init; }

    public required int Kills { get; init; }

    public required int Seed { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>From the start of the process to its readiness, after a kill.</summary>
    public required double RestartMsMedian { get; init; }

    public required double RestartMsMax { get; init; }

    public required int Violations { get; init; }

    public required IReadOnlyList<string> FirstViolations { get; init; }

    public override string ToString()
    {
        var lines = Counts.Select(count => $"  {count.Value,9:N0} {count.Key}").Prepend(
            $"{Store} store, seed {Seed}: {Kills} SIGKILLs in {Seconds:F0} s; ready again after {RestartMsMedian:F0} ms (median), {RestartMsMax:F0} ms (longest)");
        var acknowledged = Counts.Where(count => count.Key.StartsWith("writes", StringComparison.Ordinal)).Sum(count => count.Value);
        // Rule of three (Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?", 1983).
        var verdict = Violations == 0
            ? $"0 lost, 0 duplicates, 0 resurrected in {acknowledged:N0} acknowledged writes and {Kills} kills: 95 % bounds {3.0 / acknowledged:G2} a write and {3.0 / Kills:G2} a kill"
            : $"{Violations} VIOLATIONS, the first of them:\n{string.Join('\n', FirstViolations)}";
        return string.Join('\n', [.. lines, verdict]);
    }
}
