namespace MemoryCluster;

/// <summary>One replay asked for again.</summary>
/// <param name="Run">The run.</param>
/// <param name="Without">How it went without the memory; null where there was no answer.</param>
/// <param name="With">How it went with it; null where there was no answer.</param>
/// <param name="Version">What replayed, in its own words.</param>
/// <param name="Failure">Why there was no answer, as a stable word; null where there was one.</param>
/// <param name="Agrees">Whether both rewards are within <see cref="CertificateRerun.Tolerance"/> of the recorded ones.</param>
[GenerateSerializer, Immutable, Alias("mc.ReplayAgain")]
public sealed record ReplayAgain(
    [property: Id(0)] RunId Run,
    [property: Id(1)] ReplayScore? Without,
    [property: Id(2)] ReplayScore? With,
    [property: Id(3)] string? Version,
    [property: Id(4)] string? Failure,
    [property: Id(5)] bool Agrees);
