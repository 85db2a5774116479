namespace MemoryCluster;

/// <summary>The evidence that a memory stands on, replayed again.</summary>
/// <param name="Decision">The decision that the certificate tells of.</param>
/// <param name="Replayed">Replays that could be run again: those by the built-in replayer whose runs are still kept whole.</param>
/// <param name="Differing">Runs whose replay came out otherwise.</param>
/// <param name="EffectAgrees">Whether the kept replays give the kept estimate.</param>
/// <param name="Evaluated">Replays made outside of the cluster whose worth, fingerprint and requests were worked out again from what is kept.</param>
[GenerateSerializer, Immutable, Alias("mc.CertificateCheck")]
public sealed record CertificateCheck(
    [property: Id(0)] CandidateDecision Decision,
    [property: Id(1)] int Replayed,
    [property: Id(2)] ImmutableArray<RunId> Differing,
    [property: Id(3)] bool EffectAgrees,
    [property: Id(4)] int Evaluated)
{
    /// <summary>Whether everything that could be run again came out as it is written.</summary>
    public bool Holds => Differing.IsEmpty && EffectAgrees;
}
