namespace MemoryCluster.Contract;

/// <summary>One run replayed with and without a memory.</summary>
public sealed record ReplayBody
{
    /// <summary>The memory that was tried; absent in its own certificate.</summary>
    public string? MemoryId { get; init; }

    /// <summary>The run that was replayed.</summary>
    public required string RunId { get; init; }

    /// <summary>Whether the memory was taken from that run: such a replay can speak against it, never for it.</summary>
    public required bool Own { get; init; }

    public required double RewardWithout { get; init; }

    public required double RewardWith { get; init; }

    public required long TokensWithout { get; init; }

    public required long TokensWith { get; init; }

    /// <summary>Whether the memory contradicted what the run had found out.</summary>
    public required bool Misled { get; init; }

    /// <summary>What it was worth, -1 to 1.</summary>
    public required double Difference { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Time taken without the memory, where it was measured.</summary>
    public double? LatencyMsWithout { get; init; }

    /// <summary>Time taken with it, where it was measured.</summary>
    public double? LatencyMsWith { get; init; }

    /// <summary>What replayed, in its own words; absent where it did not say, or where the built-in replayer did.</summary>
    public string? Version { get; init; }

    /// <summary>The first 128 bits of the SHA-256 over the request without the memory; absent where the built-in replayer was asked.</summary>
    public string? RequestWithout { get; init; }

    /// <summary>The first 128 bits of the SHA-256 over the request with it.</summary>
    public string? RequestWith { get; init; }

    /// <summary>The run's seeds, the same for both requests.</summary>
    public IReadOnlyList<long>? Seeds { get; init; }

    /// <summary>128 bits of SHA-256 over all that went in and came out, as 32 hexadecimal digits.</summary>
    public required string Fingerprint { get; init; }
}
