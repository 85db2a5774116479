namespace MemoryCluster;

/// <summary>One run replayed with and without a memory.</summary>
[GenerateSerializer, Immutable, Alias("mc.ReplayPair")]
public sealed record ReplayPair
{
    /// <summary>The run that was replayed.</summary>
    [Id(0)]
    public required RunId Run { get; init; }

    /// <summary>Whether the memory was taken from that run: such a pair can speak against the memory, never for it.</summary>
    [Id(1)]
    public bool IsOwn { get; init; }

    [Id(2)]
    public required ReplayScore Without { get; init; }

    [Id(3)]
    public required ReplayScore With { get; init; }

    /// <summary>What the memory was worth: the reward's difference less what its tokens and its time cost, -1 to 1.</summary>
    [Id(4)]
    public required double Difference { get; init; }

    [Id(5)]
    public required DateTimeOffset At { get; init; }

    /// <summary>128 bits of SHA-256 over all that went into the replay and came out of it.</summary>
    [Id(6)]
    public required Guid Fingerprint { get; init; }

    /// <summary>Whether the memory contradicted what the run had found out to be so.</summary>
    [Id(7)]
    public bool Misled { get; init; }

    /// <summary>What was asked of whom, where the replay was made outside of the cluster; null where the built-in replayer made it.</summary>
    [Id(8)]
    public ReplayTrace? Trace { get; init; }
}
