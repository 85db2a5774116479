namespace MemoryCluster;

/// <summary>A replay that did not come about: it counts neither for a memory nor against it, and is not tried again.</summary>
/// <param name="Run">The run that was to be replayed.</param>
/// <param name="Reason">Why, as a stable word.</param>
/// <param name="Attempts">Requests that were sent, or tried to be.</param>
/// <param name="At">When it was given up.</param>
[GenerateSerializer, Immutable, Alias("mc.ReplayFailure")]
public sealed record ReplayFailure(
    [property: Id(0)] RunId Run, [property: Id(1)] string Reason, [property: Id(2)] int Attempts, [property: Id(3)] DateTimeOffset At);
