namespace MemoryCluster.Contract;

/// <summary>What came of having the replays of a certificate made again by their replayer.</summary>
public sealed record CertificateRerunResponse
{
    public required string MemoryId { get; init; }

    public required string Replayer { get; init; }

    /// <summary>Replays on record that were made outside of the cluster; 0 where the built-in replayer made them all.</summary>
    public required int Recorded { get; init; }

    /// <summary>Those that could be asked for again.</summary>
    public required IReadOnlyList<ReplayAgainBody> Replays { get; init; }

    /// <summary>How far a reward may be from the recorded one.</summary>
    public required double Tolerance { get; init; }

    /// <summary>What the replays show when those that came again take the place of those on record.</summary>
    public EffectBody? Effect { get; init; }

    /// <summary>Whether that admits, refuses or leaves open what the record does.</summary>
    public required bool VerdictAgrees { get; init; }

    /// <summary>Whether every replay was answered again, within the tolerance, and the verdict is the same.</summary>
    public required bool Holds { get; init; }
}
