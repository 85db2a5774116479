namespace MemoryCluster;

/// <summary>The replays that a certificate rests on, asked for again just now.</summary>
[GenerateSerializer, Immutable, Alias("mc.CertificateRerun")]
public sealed record CertificateRerun
{
    /// <summary>How far a reward may be from the recorded one: replayers outside of the cluster need not repeat themselves to the bit.</summary>
    public const double Tolerance = 0.05;

    /// <summary>Replays on record by a replayer outside of the cluster.</summary>
    [Id(0)]
    public required int Recorded { get; init; }

    /// <summary>What came of asking again, in the order of the record; a replay that could not be asked for is left out.</summary>
    [Id(1)]
    public required ImmutableArray<ReplayAgain> Replays { get; init; }

    /// <summary>What the replays show when those that came again take the place of those on record.</summary>
    [Id(2)]
    public required EffectEstimate Effect { get; init; }

    /// <summary>Whether that admits, refuses or leaves open what the record does.</summary>
    [Id(3)]
    public required bool VerdictAgrees { get; init; }

    /// <summary>Whether every replay was answered again, with rewards within <see cref="Tolerance"/>, and the verdict is the same.</summary>
    public bool Holds => VerdictAgrees && Replays.Length == Recorded && Replays.All(replay => replay.Agrees);
}
